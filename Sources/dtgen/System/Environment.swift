internal import Glibc

/// The variables that the command was started with, as far as the loader asks for them.
struct Environment: Sendable {
  /// What stands in front of, or instead of, the real variables; an empty value hides one.
  var overrides: [String: String] = [:]

  /// The value of a variable; nil where it is unset or empty.
  subscript(name: String) -> String? {
    if let value = overrides[name] { return value.isEmpty ? nil : value }
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }

  /// `NAME=value` for those of `names` that are set.
  func assignments(_ names: [String]) -> [String] {
    names.compactMap { name in self[name].map { "\(name)=\($0)" } }
  }
}

/// The devices in iasl's text, and their hardware ids.
///
/// iasl writes each brace of a block on a line of its own, and what the block is on the line in front.
struct DisassemblyOutline {
  /// The paths of the devices, in order.
  private(set) var devices: [String] = []
  /// The hardware ids that are written down, by path.
  private(set) var hardwareIDs: [String: String] = [:]
  private var scopes = ["\\"]

  init(_ text: String) {
    var pending: String?
    for line in text.split(separator: "\n") {
      let line = line.drop { $0 == " " }
      if line.hasPrefix("Device (") || line.hasPrefix("Scope (") {
        let isDevice = line.hasPrefix("Device")
        let name = line.drop { $0 != "(" }.dropFirst().prefix { $0 != ")" }
        let path = path(String(name), isScope: !isDevice)
        if isDevice { devices.append(path) }
        pending = path
      } else if line.hasPrefix("Name (_HID, "), let id = Self.quoted(line) {
        hardwareIDs[scopes[scopes.count - 1]] = id
      }
      for character in Self.withoutStringsAndComments(line) {
        if character == "{" {
          scopes.append(pending ?? scopes[scopes.count - 1])
          pending = nil
        } else if character == "}" {
          scopes.removeLast()
        }
      }
    }
  }

  private func path(_ name: String, isScope: Bool) -> String {
    if name.hasPrefix("\\") { return name }
    var scope = scopes[scopes.count - 1]
    // A name that a Scope adds to is looked for in all scopes above.
    while isScope, scope != "\\", !devices.contains(Self.join(scope, name)) {
      scope = scope.lastIndex(of: ".").map { String(scope[..<$0]) } ?? "\\"
    }
    return Self.join(scope, name)
  }

  private static func join(_ scope: String, _ name: String) -> String {
    scope == "\\" ? scope + name : scope + "." + name
  }

  private static func quoted(_ line: Substring) -> String? {
    let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
    return parts.count > 2 ? String(parts[1]) : nil
  }

  private static func withoutStringsAndComments(_ line: Substring) -> String {
    line.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset.isMultiple(of: 2) }.map { String($0.element) }.joined()
      .components(before: "//")
  }
}

extension String {
  fileprivate func components(before mark: String) -> String {
    guard let range = firstRange(of: mark) else { return self }
    return String(self[..<range.lowerBound])
  }
}

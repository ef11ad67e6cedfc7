/// Where the description declares `platform`, as far as a look at its text tells.
///
/// For messages alone: the compiler has found the declaration missing or of another type, at a place
/// in a file that the user doesn't know of.
struct PlatformDeclaration {
  let sources: [String]

  /// What to say about the compiler's message about `platform`.
  func sentence(for message: String) -> String {
    let place = place
    let path = place ?? (sources.first ?? "platform.swift")
    if message.contains("cannot find 'platform'") || place == nil && !message.contains("type '") {
      return """
        \(path): error: there is no global named 'platform'
        help: a description defines one: let platform = Platform("name") { … }
        """
    }
    if message.contains("protection level") {
      return """
        \(path): error: 'platform' is private to its file
        help: declare it without 'private' or 'fileprivate'
        """
    }
    let quoted = message.split(separator: "'", omittingEmptySubsequences: false)
    if message.contains("cannot convert value of type"), quoted.count > 1 {
      return """
        \(path): error: 'platform' is of type '\(quoted[1])', and has to be a 'Platform'
        help: a description defines one: let platform = Platform("name") { … }
        """
    }
    let words = message.firstRange(of: ": error: ").map { String(message[$0.upperBound...]) }
    return "\(path): error: 'platform' can't be used: \(words ?? message)"
  }

  /// `path:line:column` of the name in the first declaration that starts a line.
  private var place: String? {
    for path in sources {
      guard let bytes = try? FileDescriptor.reading(path).readToEnd() else { continue }
      let lines = String(decoding: bytes, as: UTF8.self)
        .split(separator: "\n", omittingEmptySubsequences: false)
      for (index, line) in lines.enumerated() {
        guard let column = Self.column(of: line) else { continue }
        return "\(path):\(index + 1):\(column)"
      }
    }
    return nil
  }

  private static func column(of line: Substring) -> Int? {
    let modifiers: Set<Substring> = [
      "let", "var", "private", "fileprivate", "internal", "public", "package", "func",
    ]
    var rest = line
    var declares = false
    while let end = rest.firstIndex(of: " "), modifiers.contains(rest[..<end]) {
      declares = true
      rest = rest[rest.index(after: end)...].drop { $0 == " " }
    }
    guard declares, rest.hasPrefix("platform") else { return nil }
    let next = rest.dropFirst("platform".count).first
    guard next.map({ !$0.isLetter && !$0.isNumber && $0 != "_" }) ?? true else { return nil }
    return line.utf8.distance(from: line.startIndex, to: rest.startIndex) + 1
  }
}

/// The source of the rule catalogue, as far as a new line needs it.
struct RuleCatalogueFile {
  private(set) var text: String

  /// - Parameter text: the file.
  init(_ text: String) { self.text = text }

  /// Adds a line for the type, where the alphabet has it.
  ///
  /// - Throws: ``Failure`` where the type has a line, or there is no list to put it in.
  mutating func add(_ typeName: String) throws(Failure) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let head = lines.firstIndex(where: { $0.contains("static let all") }),
      let end = lines[head...].firstIndex(where: { $0.hasSuffix("]") })
    else { throw Failure("the catalogue has no list 'all'") }
    var place = head + 1
    while place < end, let listed = Self.typeName(in: lines[place]), listed <= typeName {
      if listed == typeName { throw Failure("the catalogue has a \(typeName) already") }
      place += 1
    }
    lines.insert("    \(typeName).self,", at: place)
    text = lines.joined(separator: "\n")
  }

  private static func typeName(in line: String) -> String? {
    let entry = line.drop { $0 == " " }
    return entry.hasSuffix(".self,") ? String(entry.dropLast(".self,".count)) : nil
  }
}

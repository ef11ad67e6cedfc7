public import ACPI
public import Diagnostics

/// A set of tables as text, with the line that each place of a finding is on.
///
/// What `dtgen show` prints: ASL, and fields of tables without AML.
public struct TableLines: Sendable {
  /// The lines, without line breaks.
  public private(set) var lines: [String] = []
  private var places: [String: Int] = [:]

  /// The lines of `tables`, some of those of `namespace`.
  public init(_ namespace: Namespace, tables: [Int]) {
    for table in tables {
      if !lines.isEmpty { lines.append("") }
      if let block = namespace.definitionBlock(ofTable: table) {
        add(asl: block.sourceText)
      } else {
        let text = TableText(namespace.tables[table])
        for line in text.lines {
          if let element = line.element {
            note(Self.key(text.signature, nil, element), at: lines.count)
          }
          lines.append(line.text)
        }
      }
    }
  }

  /// The lines that lead to `place`, and behind them that which it is itself; nil where no line is about it.
  public func lines(of place: Place) -> [Int]? {
    guard let node = place.node else { return nil }
    let device = places[Self.key(node, nil, nil)]
    let property = place.property.flatMap { places[Self.key(node, $0, nil)] }
    let element = place.element.flatMap {
      places[Self.key(node, place.property, $0)]
    }
    let found = [device, property, element].compactMap(\.self)
    return found.isEmpty ? nil : found
  }

  private static func key(_ node: String, _ property: String?, _ element: String?) -> String {
    "\(node)\n\(property ?? "")\n\(element ?? "")"
  }

  private mutating func note(_ key: String, at line: Int) {
    if places[key] == nil { places[key] = line }
  }

  /// Follows the braces of ASL as ``DefinitionBlock/sourceText`` has it: four columns for each level.
  private mutating func add(asl text: String) {
    var scopes: [String] = ["\\"]
    var property: (name: String, depth: Int, count: Int)?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      let number = lines.count
      lines.append(String(line))
      let depth = line.utf8.prefix { $0 == 0x20 }.count / 4
      let words = line.utf8.dropFirst(4 * depth)
      if words.first == UInt8(ascii: "{") { continue }
      while scopes.count > depth + 1 { scopes.removeLast() }
      while scopes.count <= depth { scopes.append(scopes.last ?? "\\") }
      if let open = property {
        if depth <= open.depth {
          property = nil
        } else if depth == open.depth + 1, words.first.map(Self.isLetter) ?? false {
          note(
            Self.key(scopes.last ?? "\\", open.name, "\(open.name)[\(open.count)]"), at: number)
          property?.count += 1
          continue
        } else {
          continue
        }
      }
      guard let (keyword, name) = Self.declaration(words) else { continue }
      let path = Self.path(name, in: scopes.last ?? "\\")
      switch keyword {
      case "Scope", "Device", "Processor", "PowerResource", "ThermalZone":
        note(Self.key(path, nil, nil), at: number)
        scopes.append(path)
      case "Name", "Method", "Alias", "OperationRegion", "Field":
        note(Self.key(scopes.last ?? "\\", name, nil), at: number)
        property = (name, depth, 0)
      default: continue
      }
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5a).contains(byte & 0xdf)
  }

  /// `Device (VIO0)` as its keyword and its name; of an alias, the new name.
  private static func declaration(_ words: Substring.UTF8View) -> (String, String)? {
    let text = String(Substring(words))
    guard let open = text.firstIndex(of: "(") else { return nil }
    let keyword = text[..<open].trimmedEnd
    let rest = text[text.index(after: open)...].prefix { $0 != ")" }
    let parts = rest.split(separator: ",")
    guard let name = (keyword == "Alias" ? parts.dropFirst().first : parts.first) else {
      return nil
    }
    return (keyword, String(name.drop { $0 == " " }))
  }

  private static func path(_ name: String, in scope: String) -> String {
    if name.hasPrefix("\\") { return name }
    var scope = scope
    var name = name[...]
    while name.hasPrefix("^") {
      name = name.dropFirst()
      scope = scope.lastIndex(of: ".").map { String(scope[..<$0]) } ?? "\\"
    }
    return scope == "\\" ? "\\\(name)" : "\(scope).\(name)"
  }
}

extension Substring {
  fileprivate var trimmedEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

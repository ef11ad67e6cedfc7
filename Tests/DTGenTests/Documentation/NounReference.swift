import DTGenTestSupport

/// What the declarations of a noun say of it.
struct NounReference {
  /// A way to write it, or something that is said with it.
  struct Member {
    let name: String
    let declaration: String
    let comment: DocComment
  }

  /// An enumeration inside it, with its cases.
  struct Values {
    let type: String
    let cases: [Member]
  }

  let noun: String
  let comment: DocComment
  /// The initialisers.
  let initialisers: [Member]
  /// What stands behind a leading dot.
  let statics: [Member]
  /// The methods, which give a copy; its own and those of the protocols of PCI.
  let methods: [Member]
  /// The names of what may be said about every component; empty for what is none.
  let common: [String]
  let properties: [Member]
  /// Its own cases, and those of the enumerations in it.
  let values: [Values]

  init?(_ noun: String, in graph: SymbolGraph) {
    guard
      let symbol = graph.symbols.first(where: {
        $0.pathComponents == [noun] && $0.kind.identifier != "swift.module"
      })
    else { return nil }
    self.noun = noun
    comment = Self.comment(symbol)
    // The compiler's order isn't the source's: the shortest comes first.
    let own = graph.symbols.filter { $0.pathComponents.first == noun }
      .sorted {
        let (one, other) = ($0.pathComponents, $1.pathComponents)
        return (Self.declaration($0).count, one.joined(), Self.declaration($0))
          < (Self.declaration($1).count, other.joined(), Self.declaration($1))
      }
    func members(_ kinds: String...) -> [Member] {
      own.filter {
        $0.pathComponents.count == 2 && kinds.contains($0.kind.identifier)
          && $0.docComment != nil && !Self.foreign.contains($0.pathComponents[1])
      }.map(Self.member)
    }
    initialisers = members("swift.init")
    statics = members("swift.type.method", "swift.type.property").filter {
      $0.declaration.hasSuffix("-> \(noun)") || $0.declaration.contains(": \(noun)")
        || $0.declaration.hasSuffix("-> Self")
    }
    .sorted { $0.name < $1.name }
    let protocols = graph.protocols(of: symbol)
    func given(by names: Set<String>) -> [Member] {
      graph.symbols.filter {
        $0.kind.identifier == "swift.method" && $0.pathComponents.count == 2
          && names.contains($0.pathComponents[0])
      }.map(Self.member).sorted { $0.name < $1.name }
    }
    let everywhere: Set = ["Declared", "Component"]
    methods = members("swift.method") + given(by: protocols.subtracting(everywhere))
    common = given(by: protocols.intersection(everywhere)).map(\.name)
    properties = members("swift.property")
    let cases = own.filter { $0.kind.identifier == "swift.enum.case" && $0.docComment != nil }
    let words = (initialisers + statics + methods).map(\.declaration).joined()
    let types = Set(cases.map { $0.pathComponents.dropLast().joined(separator: ".") }).sorted()
    values = types.filter { $0 == noun || words.contains($0) }.map { type in
      Values(
        type: type,
        cases: cases.filter { $0.pathComponents.dropLast().joined(separator: ".") == type }
          .map(Self.member).sorted { $0.name < $1.name })
    }
  }

  /// Members that are there for Swift's own protocols.
  private static let foreign: Set = [
    "encode(to:)", "init(from:)", "hash(into:)", "hashValue", "declaration", "element",
    "referenceAddress", "init(integerLiteral:)",
  ]

  private static func comment(_ symbol: SymbolGraph.Symbol) -> DocComment {
    DocComment((symbol.docComment?.lines ?? []).map(\.text))
  }

  private static func declaration(_ symbol: SymbolGraph.Symbol) -> String {
    (symbol.declarationFragments ?? []).map(\.spelling).joined()
  }

  private static func member(_ symbol: SymbolGraph.Symbol) -> Member {
    Member(
      name: symbol.pathComponents.last ?? "", declaration: declaration(symbol),
      comment: comment(symbol))
  }
}

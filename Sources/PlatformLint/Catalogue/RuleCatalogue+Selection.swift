extension RuleCatalogue {
  /// The rules that `name` stands for: the one with that id, or all of the family of that name.
  ///
  /// A family is what stands before the slash: `dma`. None where there is neither.
  public static func rules(named name: String) -> [any Rule.Type] {
    all.filter { $0.id == name || family(of: $0.id) == name }
  }

  /// Those of `names` of which no rule is among `asked`: of a family one that was asked is enough, since others of it
  /// are about trees where there are tables, or the other way around.
  public static func unasked(_ names: [String], asked: Set<String>) -> [String] {
    names.filter { name in !rules(named: name).contains { asked.contains($0.id) } }
  }

  /// The families, each once, in alphabetical order.
  public static let families: [String] = Set(all.map { family(of: $0.id) }).sorted()

  /// What stands before the slash of an id.
  static func family(of id: String) -> String {
    String(Substring(id.utf8.prefix { $0 != UInt8(ascii: "/") }))
  }
}

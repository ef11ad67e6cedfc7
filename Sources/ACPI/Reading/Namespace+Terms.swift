extension Namespace {
  /// The terms of a table, as they are written down; what couldn't be read is left out.
  ///
  /// - Parameter table: Its number, among ``tables``.
  /// - Returns: The terms; none of a table without AML.
  public func terms(ofTable table: Int) -> [Term] {
    guard let record = record(ofTable: table) else { return [] }
    return TermReader(namespace: self).body(Value(namespace: self, index: record), from: 0)
  }

  /// A table as one of ours, to be printed or written again.
  ///
  /// The objects that `If (Zero)` holds back in front are its externals again. What has several encodings is
  /// written in the shortest.
  ///
  /// - Parameter table: Its number, among ``tables``.
  /// - Returns: The table; nil of one without AML.
  public func definitionBlock(ofTable table: Int) -> DefinitionBlock? {
    guard tables.indices.contains(table), tables[table].hasAML else { return nil }
    var terms = terms(ofTable: table)
    var externals: [External] = []
    if case .if(.integer(0), let body, nil)? = terms.first {
      let announced = body.compactMap { term -> External? in
        if case .external(let external) = term { external } else { nil }
      }
      if announced.count == body.count {
        externals = announced
        terms.removeFirst()
      }
    }
    return DefinitionBlock(tables[table].header, externals: externals, terms)
  }
}

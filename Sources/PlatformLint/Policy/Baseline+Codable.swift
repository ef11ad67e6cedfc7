extension Baseline: Codable {
  private enum Key: String, CodingKey {
    case version, findings
  }

  private struct Entry: Codable {
    var file: String
    var rule: String
    var node: String
    var element: String?
    var count: Int

    init(_ known: BaselineEntry, count: Int) {
      file = known.file
      rule = known.rule
      node = known.node
      element = known.element.isEmpty ? nil : known.element
      self.count = count
    }

    init(from decoder: any Decoder) throws {
      let container = try StrictContainer(
        decoder, keys: ["file", "rule", "node", "element", "count"])
      file = try container.requiredText("file")
      rule = try container.requiredText("rule")
      node = try container.requiredText("node")
      element = try container.text("element")
      count = try container.optional(Int.self, "count") ?? 1
      guard count >= 1 else { throw container.failure("count", "has to be at least 1") }
    }
  }

  /// Reads a baseline.
  ///
  /// - Throws: `DecodingError`, whose description says what is wrong.
  public init(from decoder: any Decoder) throws {
    self.init()
    let container = try StrictContainer(decoder, keys: ["version", "findings"])
    guard try container.optional(Int.self, "version") == 1 else {
      throw container.failure("version", "has to be 1")
    }
    for entry in try container.optional([Entry].self, "findings") ?? [] {
      let known = BaselineEntry(
        file: entry.file, rule: entry.rule, node: entry.node, element: entry.element ?? "")
      add(known, count: entry.count)
    }
  }

  /// Writes the findings in order, so that a difference between two baselines is one of findings.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(1, forKey: .version)
    try container.encode(
      entries.map { Entry($0.entry, count: $0.count) }, forKey: .findings)
  }
}

import PlatformLint

/// Finds rules by what people type.
enum RuleSearch {
  /// The rule that `text` means: its id, its id without the family, or what another tool calls it.
  static func rule(_ text: String) -> (any Rule.Type)? {
    if let rule = RuleCatalogue.rule(text) { return rule }
    let named = RuleCatalogue.all.filter { rule in
      rule.id.split(separator: "/").last.map { $0 == text } ?? false
        || rule.alsoKnownAs.contains { $0 == text || $0.hasSuffix(" " + text) }
    }
    return named.count == 1 ? named[0] : nil
  }

  /// The rules that `text` may have meant, the nearest first; at most `limit`.
  static func suggestions(for text: String, limit: Int = 3) -> [String] {
    let text = String(text.lowercased().prefix(80))
    guard !text.isEmpty else { return [] }
    var near: [(distance: Int, id: String)] = []
    for rule in RuleCatalogue.all {
      let name = rule.id.split(separator: "/").last.map(String.init) ?? rule.id
      var distance = min(edits(text, rule.id), edits(text, name))
      let names = [rule.id] + rule.alsoKnownAs
      if names.contains(where: { $0.contains(text) }) { distance = min(distance, 1) }
      if distance <= max(2, text.count / 4) { near.append((distance, rule.id)) }
    }
    return near.sorted { ($0.distance, $0.id) < ($1.distance, $1.id) }.prefix(limit).map(\.id)
  }

  /// Levenshtein's distance, a row at a time.
  static func edits(_ left: String, _ right: String) -> Int {
    let left = Array(left.utf8)
    let right = Array(right.utf8)
    var row = Array(0...right.count)
    for (line, byte) in left.enumerated() {
      var diagonal = row[0]
      row[0] = line + 1
      for column in right.indices {
        let replaced = diagonal + (byte == right[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
      }
    }
    return row[right.count]
  }
}

/// How far one word is from another.
enum Spelling {
  /// Whether `text` becomes `word` by at most `edits` insertions, deletions and replacements, but is
  /// not the same without regard to case.
  static func isNear(_ text: String, _ word: String, edits: Int) -> Bool {
    let text = Array(text.lowercased().utf8)
    let word = Array(word.utf8)
    guard text != word, abs(text.count - word.count) <= edits else { return false }
    // Levenshtein's distance, a row at a time.
    var row = Array(0...word.count)
    for (line, byte) in text.enumerated() {
      var diagonal = row[0]
      row[0] = line + 1
      for column in word.indices {
        let replaced = diagonal + (byte == word[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
      }
    }
    return row[word.count] <= edits
  }
}

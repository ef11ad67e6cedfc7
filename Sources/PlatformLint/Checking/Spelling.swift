import DeviceTree

/// How far one word is from another.
enum Spelling {
  /// The first string of a list that becomes `word` by at most `edits` insertions, deletions and
  /// replacements, but is not the same without regard to case.
  static func near(
    _ word: String, edits: Int, in property: FlattenedTree.Property
  ) -> String? {
    let wanted = Array(word.utf8)
    let lengths = (wanted.count - edits)...(wanted.count + edits)
    guard property.count >= lengths.lowerBound else { return nil }
    for part in property.bytes.split(separator: 0) where lengths.contains(part.count) {
      let text = part.map(lowercase)
      if isNear(text.span, wanted.span, edits: edits) {
        return String(decoding: part, as: UTF8.self)
      }
    }
    return nil
  }

  /// Whether `text` becomes `word` by at most `edits` insertions, deletions and replacements, and is
  /// not the same.
  static func isNear(_ text: String, _ word: String, edits: Int) -> Bool {
    guard abs(text.utf8.count - word.utf8.count) <= edits else { return false }
    return isNear(text.utf8.span, word.utf8.span, edits: edits)
  }

  /// The same for bytes.
  static func isNear(
    _ text: borrowing Span<UInt8>, _ word: borrowing Span<UInt8>, edits: Int
  ) -> Bool {
    Self.edits(from: text, to: word, most: edits).map { $0 > 0 } ?? false
  }

  /// How many insertions, deletions and replacements make `word` of `text`; nil for more than `most`.
  static func edits(
    from text: borrowing Span<UInt8>, to word: borrowing Span<UInt8>, most: Int
  ) -> Int? {
    // What the two start and end with alike takes no edits.
    var start = 0
    while start < min(text.count, word.count), text[start] == word[start] { start += 1 }
    var (textEnd, wordEnd) = (text.count, word.count)
    while min(textEnd, wordEnd) > start, text[textEnd - 1] == word[wordEnd - 1] {
      textEnd -= 1
      wordEnd -= 1
    }
    let (rows, columns) = (textEnd - start, wordEnd - start)
    guard abs(rows - columns) <= most else { return nil }
    if min(rows, columns) == 0 { return max(rows, columns) }
    // Levenshtein's distance, a row at a time, and no further from the diagonal than edits lead.
    let far = most + 1
    var row = [Int](repeating: far, count: columns + 1)
    for column in 0...min(most, columns) { row[column] = column }
    for line in 0..<rows {
      let (first, end) = (max(0, line - most), min(columns, line + 1 + most))
      var diagonal = row[first]
      row[first] = first == 0 ? line + 1 : far
      var least = row[first]
      for column in first..<max(first, end) {
        let replaced = diagonal + (text[start + line] == word[start + column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
        least = min(least, row[column + 1])
      }
      // No row is below the least of the one above.
      if least > most { return nil }
    }
    return row[columns] <= most ? row[columns] : nil
  }

  private static func lowercase(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}

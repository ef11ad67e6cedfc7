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
      if isNear(part.map(lowercase), wanted, edits: edits) {
        return String(decoding: part, as: UTF8.self)
      }
    }
    return nil
  }

  /// Whether `text` becomes `word` by at most `edits` insertions, deletions and replacements, and is
  /// not the same.
  static func isNear(_ text: String, _ word: String, edits: Int) -> Bool {
    guard abs(text.utf8.count - word.utf8.count) <= edits else { return false }
    return isNear(Array(text.utf8), Array(word.utf8), edits: edits)
  }

  /// The same for bytes.
  static func isNear(_ text: [UInt8], _ word: [UInt8], edits: Int) -> Bool {
    guard text != word else { return false }
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

  private static func lowercase(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}

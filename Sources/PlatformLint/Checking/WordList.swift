/// Words against which many others are held, to find those that are nearly one of them.
struct WordList: Sendable {
  private struct Word: Sendable {
    let text: String
    let bytes: [UInt8]
    let letters: UInt64
    /// How many edits make another word: one for a short word, since that is near to many.
    let edits: Int
  }

  private let words: [Word]
  private let texts: Set<String>

  init(_ texts: [String]) {
    words = texts.map { text in
      let bytes = Array(text.utf8)
      return Word(
        text: text, bytes: bytes, letters: Self.letters(of: bytes), edits: bytes.count < 10 ? 1 : 2)
    }
    self.texts = Set(texts)
  }

  func contains(_ text: String) -> Bool { texts.contains(text) }

  /// The first word that `text` nearly is, and that `accepts` takes; `text` itself is none of them.
  func near(_ text: String, where accepts: (String) -> Bool = { _ in true }) -> String? {
    let bytes = Array(text.utf8)
    let letters = Self.letters(of: bytes)
    for word in words
    where abs(word.bytes.count - bytes.count) <= word.edits
      // An edit changes the set of letters by two at most.
      && (word.letters ^ letters).nonzeroBitCount <= 2 * word.edits
      && Spelling.isNear(bytes, word.bytes, edits: word.edits) && accepts(word.text)
    {
      return word.text
    }
    return nil
  }

  /// The bytes that occur, a bit for each; those that are 64 apart share one.
  private static func letters(of bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0) { $0 | 1 << UInt64($1 & 63) }
  }
}

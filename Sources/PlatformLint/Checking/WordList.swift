/// Words against which many others are held, to find those that are nearly one of them.
struct WordList: Sendable {
  /// What tells quickly that a text is not nearly a word.
  private struct Sketch: Sendable {
    let word: Int
    let letters: UInt64
    /// How many edits make another word: one for a short word, since that is near to many.
    let edits: Int
  }

  private let words: [String]
  private let bytes: [[UInt8]]
  private let texts: Set<String>
  /// The words that a text may nearly be, in the order of the list, by the length of the text.
  private let sketches: [[Sketch]]

  /// A list of words, from which others may differ by `edits`; as their length says where that is nil.
  init(_ words: [String], edits: Int? = nil) {
    let bytes = words.map { Array($0.utf8) }
    var sketches: [[Sketch]] = []
    for (word, bytes) in bytes.enumerated() {
      let edits = edits ?? (bytes.count < 10 ? 1 : 2)
      let sketch = Sketch(word: word, letters: Self.letters(of: bytes.span), edits: edits)
      while sketches.count <= bytes.count + edits { sketches.append([]) }
      for length in max(0, bytes.count - edits)...(bytes.count + edits) {
        sketches[length].append(sketch)
      }
    }
    self.words = words
    self.bytes = bytes
    self.sketches = sketches
    texts = Set(words)
  }

  func contains(_ text: String) -> Bool { texts.contains(text) }

  /// The first word that `text` nearly is, and that `accepts` takes; nil where `text` is a word itself.
  func near(_ text: String, where accepts: (String) -> Bool = { _ in true }) -> String? {
    near(text.utf8.span, where: accepts)
  }

  /// The same for bytes.
  func near(
    _ text: borrowing Span<UInt8>, where accepts: (String) -> Bool = { _ in true }
  ) -> String? {
    guard text.count < sketches.count, !sketches[text.count].isEmpty else { return nil }
    let letters = Self.letters(of: text)
    for sketch in sketches[text.count] where sketch.letters == letters {
      if Self.isEqual(text, bytes[sketch.word]) { return nil }
    }
    // An edit changes the set of letters by two at most.
    for sketch in sketches[text.count]
    where (sketch.letters ^ letters).nonzeroBitCount <= 2 * sketch.edits {
      let word = bytes[sketch.word]
      if Spelling.isNear(text, word.span, edits: sketch.edits), accepts(words[sketch.word]) {
        return words[sketch.word]
      }
    }
    return nil
  }

  private static func isEqual(_ text: borrowing Span<UInt8>, _ word: [UInt8]) -> Bool {
    guard text.count == word.count else { return false }
    for index in word.indices where text[index] != word[index] { return false }
    return true
  }

  /// The bytes that occur, a bit for each; those that are 64 apart share one.
  private static func letters(of bytes: borrowing Span<UInt8>) -> UInt64 {
    var letters: UInt64 = 0
    for index in 0..<bytes.count { letters |= 1 << UInt64(bytes[index] & 63) }
    return letters
  }
}

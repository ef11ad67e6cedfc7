/// Words against which many others are held, to find those that are nearly one of them.
struct WordList: Sendable {
  /// What tells quickly that a text is not nearly a word.
  private struct Sketch: Sendable {
    /// The position of the word in the list.
    let word: Int
    let start: Int
    let count: Int
    let letters: UInt64
    /// How many edits make another word: one for a short word, since that is near to many.
    let edits: Int
  }

  private let words: [String]
  /// The words, one behind the other.
  private let bytes: [UInt8]
  /// By length.
  private let sketches: [Sketch]
  /// Where the words of each length start, and where the longest ones end.
  private let starts: [Int]
  /// The most edits that make another word.
  private let mostEdits: Int

  /// A list of words, from which others may differ by `edits`; as their length says where that is nil.
  init(_ words: [String], edits: Int? = nil) {
    var bytes: [UInt8] = []
    var sketches: [Sketch] = []
    for (position, word) in words.enumerated() {
      let start = bytes.count
      bytes += word.utf8
      let count = bytes.count - start
      let own = bytes[start...]
      sketches.append(
        Sketch(
          word: position, start: start, count: count, letters: Self.letters(of: own.span),
          edits: edits ?? (count < 10 ? 1 : 2)))
    }
    sketches.sort { ($0.count, $0.word) < ($1.count, $1.word) }
    var starts: [Int] = []
    for (position, sketch) in sketches.enumerated() {
      while starts.count <= sketch.count { starts.append(position) }
    }
    self.words = words
    self.bytes = bytes
    self.sketches = sketches
    self.starts = starts + [sketches.count]
    mostEdits = sketches.map(\.edits).max() ?? 0
  }

  func contains(_ text: String) -> Bool { words.contains(text) }

  /// The word that is spelt with these bytes.
  func word(equalTo bytes: [UInt8]) -> String? { words.first { bytes.elementsEqual($0.utf8) } }

  /// The first word that `text` nearly is, and that `accepts` takes; nil where `text` is a word itself.
  func near(
    _ text: borrowing Span<UInt8>, where accepts: (String) -> Bool = { _ in true }
  ) -> String? {
    let shortest = max(0, text.count - mostEdits)
    let longest = min(text.count + mostEdits, starts.count - 2)
    guard shortest <= longest else { return nil }
    let letters = Self.letters(of: text)
    // Most texts are words or nothing like one; finding how far they are from others costs more.
    if isWord(text, letters: letters) { return nil }
    var found = words.count
    for index in starts[shortest]..<starts[longest + 1] {
      let sketch = sketches[index]
      // An edit changes the set of letters by two at most.
      guard abs(sketch.count - text.count) <= sketch.edits,
        (sketch.letters ^ letters).nonzeroBitCount <= 2 * sketch.edits
      else { continue }
      let word = bytes[sketch.start..<(sketch.start + sketch.count)]
      let edits = Spelling.edits(from: text, to: word.span, most: sketch.edits)
      if edits != nil, sketch.word < found, accepts(words[sketch.word]) { found = sketch.word }
    }
    return found < words.count ? words[found] : nil
  }

  private func isWord(_ text: borrowing Span<UInt8>, letters: UInt64) -> Bool {
    guard text.count + 1 < starts.count else { return false }
    for index in starts[text.count]..<starts[text.count + 1]
    where sketches[index].letters == letters {
      var position = 0
      let start = sketches[index].start
      while position < text.count, bytes[start + position] == text[position] { position += 1 }
      if position == text.count { return true }
    }
    return false
  }

  /// The bytes that occur, a bit for each; those that are 64 apart share one.
  private static func letters(of bytes: borrowing Span<UInt8>) -> UInt64 {
    var letters: UInt64 = 0
    for index in 0..<bytes.count { letters |= 1 << UInt64(bytes[index] & 63) }
    return letters
  }
}

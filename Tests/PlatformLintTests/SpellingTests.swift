import Testing

@testable import PlatformLint

@Suite("Spelling")
struct SpellingTests {
  /// Levenshtein's distance as it is defined.
  private static func distance(_ text: [UInt8], _ word: [UInt8]) -> Int {
    var rows = [Array(0...word.count)]
    for (line, byte) in text.enumerated() {
      var row = [line + 1]
      for (column, other) in word.enumerated() {
        let replaced = rows[line][column] + (byte == other ? 0 : 1)
        row.append(min(replaced, rows[line][column + 1] + 1, row[column] + 1))
      }
      rows.append(row)
    }
    return rows[text.count][word.count]
  }

  private static let words: [[UInt8]] = (0...5).flatMap { count in
    (0..<(1 << count)).map { bits in (0..<count).map { UInt8(bits >> $0 & 1) } }
  }

  @Test(
    "edits are counted as Levenshtein does, up to the most that are asked for", arguments: 1...3)
  func edits(most: Int) {
    for text in Self.words {
      for word in Self.words {
        let expected = Self.distance(text, word)
        let edits = Spelling.edits(from: text.span, to: word.span, most: most)
        #expect(edits == (expected <= most ? expected : nil), "\(text) \(word)")
      }
    }
  }

  @Test("a list finds the first word that is near, and none for a word of its own")
  func list() {
    let list = WordList(["interrupt-map", "interrupts", "reg", "interrupt-mask"])
    #expect(list.near("interrupt-map".utf8.span) == nil)
    #expect(list.near("interrupt-ma".utf8.span) == "interrupt-map")
    #expect(list.near("interrupt-mas".utf8.span) == "interrupt-map")
    #expect(list.near("interrupt-mas".utf8.span) { $0 != "interrupt-map" } == "interrupt-mask")
    #expect(list.near("reh".utf8.span) == "reg")
    #expect(list.near("xyz".utf8.span) == nil)
    #expect(list.near("".utf8.span) == nil)
    #expect(list.near(String(repeating: "a", count: 300).utf8.span) == nil)
    #expect(WordList([]).near("reg".utf8.span) == nil)
  }
}

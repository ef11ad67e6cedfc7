import DeviceTree
import Testing

@Suite("A table of texts")
struct TextTableTests {
  /// The texts one behind the other, and where each stands.
  private static func file(_ texts: [String]) -> (bytes: [UInt8], ranges: [Range<Int>]) {
    var bytes: [UInt8] = []
    var ranges: [Range<Int>] = []
    for text in texts {
      let start = bytes.count
      bytes += text.utf8
      ranges.append(start..<bytes.count)
      bytes.append(0)
    }
    return (bytes, ranges)
  }

  private static func table(_ texts: [String]) -> (TextTable, bytes: [UInt8], numbers: [Int]) {
    let (bytes, ranges) = file(texts)
    var table = TextTable()
    var numbers: [Int] = []
    for range in ranges { numbers.append(table.number(insertingTextAt: range, of: bytes.span)) }
    return (table, bytes, numbers)
  }

  @Test("numbers each text once, in the order in which they come, whatever their length")
  func numbers() {
    let lengths = (0..<40).map { String(repeating: "a", count: $0) }
    let (table, bytes, numbers) = Self.table(lengths + ["b"] + lengths)
    #expect(numbers == Array(0..<40) + [40] + Array(0..<40))
    #expect(table.count == 41)
    for (number, text) in (lengths + ["b"]).enumerated() {
      #expect(table.number(of: text.utf8.span, in: bytes.span) == number)
      #expect(table.byteRange(of: number).count == text.utf8.count)
    }
    #expect(table.number(of: "c".utf8.span, in: bytes.span) == nil)
  }

  @Test("finds spellings that differ in the case of letters, and in nothing else")
  func spellings() {
    let (table, bytes, _) = Self.table([
      "arm,PL011", "x", "arm,pl011", "ARM,pl011", "arm\u{c}pl011",
    ])
    #expect(table.numbers(of: "Arm,Pl011".utf8.span, ignoringCaseIn: bytes.span) == [0, 2, 3])
    #expect(table.numbers(of: "arm".utf8.span, ignoringCaseIn: bytes.span) == [])
  }

  @Test("finds the texts with an end")
  func ends() {
    let (table, bytes, _) = Self.table(["#clock-cells", "cells", "#size-cells", "-cell", "-cells"])
    #expect(table.numbers(endingIn: "-cells".utf8.span, in: bytes.span) == [0, 2, 4])
  }

  @Test("takes no square of time where texts are chosen to collide", .timeLimit(.minutes(1)))
  func collisions() {
    // Alike in their length and at both ends, of which the quick hash is made.
    let count = 60_000
    let texts = (0..<count).map { "firstfirst\(100_000 + $0)lastlast" }
    let (table, bytes, numbers) = Self.table(texts)
    #expect(numbers == Array(0..<count))
    for number in stride(from: 0, to: count, by: 97) {
      #expect(table.number(of: texts[number].utf8.span, in: bytes.span) == number)
    }
    let large = texts[500].uppercased()
    #expect(table.number(of: large.utf8.span, in: bytes.span) == nil)
    #expect(table.numbers(of: large.utf8.span, ignoringCaseIn: bytes.span) == [500])
  }

  @Test(
    "takes no square of time where texts differ in the case of letters", .timeLimit(.minutes(1)))
  func cases() {
    let texts = (0..<30_000).map { number in
      (0..<15).map { number >> $0 & 1 == 0 ? "a" : "A" }.joined()
    }
    let (table, bytes, numbers) = Self.table(texts)
    #expect(numbers == Array(0..<30_000))
    let all = table.numbers(of: texts[0].utf8.span, ignoringCaseIn: bytes.span)
    #expect(all == numbers)
  }
}

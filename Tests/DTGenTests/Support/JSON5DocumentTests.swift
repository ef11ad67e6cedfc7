import Foundation
import Testing

@testable import dtgen

@Suite("A document in JSON5")
struct JSON5DocumentTests {
  private func fault(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    do throws(JSON5Fault) {
      try JSON5Document.check(bytes)
      return nil
    } catch {
      return "\(TextPosition(of: error.offset, in: bytes)): \(error.message)"
    }
  }

  @Test(
    "is refused at a key that is there already, however it is spelled",
    arguments: [
      (#"{"a": 1, "a": 2}"#, "1:10: the key 'a' is there already, on line 1"),
      ("{a: 1,\n  'a': 2}", "2:3: the key 'a' is there already, on line 1"),
      (#"{"ab": 1, "\u0061\x62": 2}"#, "1:11: the key 'ab' is there already, on line 1"),
      (#"{\u0061: 1, a: 2}"#, "1:13: the key 'a' is there already, on line 1"),
      ("{x: [{b: {}, /* b: */ b: 1}]}", "1:23: the key 'b' is there already, on line 1"),
      ("{'\u{1f4a3}': 1,\r\n\"\\ud83d\\udca3\": 2}", "2:1: the key '\u{1f4a3}' is"),
      ("{'a\\\nb': 1, ab: 2}", "2:8: the key 'ab' is there already, on line 1"),
      ("{é: 1, é: 2}", "1:8: the key 'é' is there already"),
    ])
  func duplicates(text: String, words: String) {
    #expect(fault(text)?.hasPrefix(words) == true, "\(fault(text) ?? "accepted")")
  }

  @Test(
    "may have equal keys in different objects, and values that look like keys",
    arguments: [
      "{a: {a: {a: 1}}}", "[{a: 1}, {a: 1}]", "{a: 'a', b: \"a: 1, a: 2\"}",
      "{a: 1, /* a: 2 */ b: 3} // a: 4", "{a: 1, A: 2}", "{'a ': 1, a: 2}",
    ])
  func noDuplicates(text: String) { #expect(fault(text) == nil) }

  @Test(
    "is refused at the place that is wrong",
    arguments: [
      ("", "1:1: the document ends too early"), ("{", "1:2: the document ends too early"),
      ("{a: 1 b: 2}", "1:7: a comma or } is missing in front of this"),
      ("[1 2]", "1:4: a comma or ] is missing in front of this"),
      ("{a 1}", "1:4: a colon is missing behind the key 'a'"),
      ("{a: }", "1:5: a value is missing in front of this"),
      ("{,}", "1:2: a key is missing in front of this"),
      ("{} {}", "1:4: there is something behind the document"),
      ("{a: 'b\n'}", "1:5: the text has no end on its line"),
      ("/* {}", "1:1: the comment has no end"), (#"{"\u00g0": 1}"#, "1:5: 4 hexadecimal digits"),
      (#"{a: '\_SB'}"#, #"1:6: '\_' is no escape: a backslash is written \\"#),
      ("{a: [1}", "1:7: a comma or ] is missing"), ("[1]]", "1:4: there is something behind"),
    ])
  func syntax(text: String, words: String) {
    #expect(fault(text)?.hasPrefix(words) == true, "\(fault(text) ?? "accepted")")
  }

  @Test("is refused where it isn't UTF-8, or nested for the sake of it")
  func hostile() {
    #expect(throws: JSON5Fault(offset: 1, message: "this is not UTF-8")) {
      try JSON5Document.check([UInt8(ascii: "["), 0xff])
    }
    #expect(throws: JSON5Fault(offset: 2, message: "this is not UTF-8")) {
      try JSON5Document.check([UInt8(ascii: "["), UInt8(ascii: "'"), 0xc3, UInt8(ascii: "'")])
    }
    var state: UInt64 = 1
    let signs = Array("{}[]:,'\"\\/*ux0a\n\u{e9}".utf8)
    for _ in 0..<2000 {
      // Whatever it says, it says something.
      let bytes = (0..<24).map { _ in
        // Knuth's MMIX: the same documents in every run.
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return signs[Int(state >> 33) % signs.count]
      }
      try? JSON5Document.check(bytes)
      _ = JSON5Document.offset(of: [.key("a"), .index(1)], in: bytes)
    }
    #expect(fault(String(repeating: "[", count: 1 << 20))?.contains("64 levels") == true)
    let wide = "[" + String(repeating: "{a:1},", count: 1 << 17) + "]"
    let time = ContinuousClock().measure { #expect(fault(wide) == nil) }
    #expect(time < .seconds(20))
  }

  /// Documents with every kind of word, and what comes of leaving bytes out of them.
  private static let seeds = [
    #"{"a": [1, -2.5e3, true, null], "b": {"c": "d\n\u00e9"}}"#,
    "{a: 'it\\'s', $b_1: .5, c: +0x1F, d: [1,], e: {f: Infinity,},} // end",
    "/* a */ [ /* b */ 'x', \"y\\\nz\" ]", "\u{feff}{\u{a0}a:\u{2028}1}", "'text'", "5.",
  ]

  @Test("is refused wherever the decoder refuses its structure, and taken wherever it is taken")
  func oracle() throws {
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    struct Anything: Decodable {
      init(from decoder: any Decoder) throws {}
    }
    var agreed = 0
    for seed in Self.seeds {
      let bytes = Array(seed.utf8)
      for index in bytes.indices {
        for text in [bytes, Array(bytes[..<index]), Array(bytes[..<index] + bytes[(index + 1)...])]
        {
          let isTaken = (try? JSON5Document.check(text)) != nil
          let isDecoded = (try? decoder.decode(Anything.self, from: Data(text))) != nil
          // Values are the decoder's, so what is taken here may be refused there, never the reverse.
          if isDecoded, !isTaken, !isBeyondStandard(text),
            fault(String(decoding: text, as: UTF8.self))?.contains("is no escape") != true
          {
            Issue.record("refused: \(String(decoding: text, as: UTF8.self))")
          }
          if isDecoded == isTaken { agreed += 1 }
        }
      }
    }
    #expect(agreed > 400)
  }

  /// What Foundation takes and no standard has: a line that breaks within a text.
  private func isBeyondStandard(_ text: [UInt8]) -> Bool {
    fault(String(decoding: text, as: UTF8.self))?.hasSuffix("has no end on its line") == true
      && text.contains(UInt8(ascii: "\n"))
  }

  @Test("knows where everything stands")
  func places() {
    let text = "{\n  profile: 'vm',\n  waivers: [\n    {}, {rule: 'x'},\n  ],\n}"
    func place(_ path: [JSON5Document.Step]) -> String {
      let bytes = Array(text.utf8)
      return "\(TextPosition(of: JSON5Document.offset(of: path, in: bytes), in: bytes))"
    }
    #expect(place([]) == "1:1")
    #expect(place([.key("profile")]) == "2:3")
    #expect(place([.key("waivers"), .index(0)]) == "4:5")
    #expect(place([.key("waivers"), .index(1), .key("rule")]) == "4:10")
    #expect(place([.key("waivers"), .index(1), .key("node")]) == "4:9")
    #expect(place([.key("other")]) == "1:1")
  }
}

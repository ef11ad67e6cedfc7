import Testing

@testable import dtgen

@Suite("A path of any bytes")
struct PathBytesTests {
  @Test("comes back as it was, and is text where it can be")
  func roundTrip() {
    var samples: [[UInt8]] = [
      [], Array("a/é\u{1f4a3}.dtb".utf8), [0xff], [0xc3], [0xc3, 0x28], [0xed, 0xa0, 0x80],
      Array("\u{10ff80}".utf8), Array("\u{10ffff}x".utf8), [0xf4, 0x8f, 0xbf], [0xf5, 0x80, 0x80],
      Array("\\xff".utf8), [0xe2, 0x82, 0xac, 0xe2, 0x82],
    ]
    for first in UInt8.min...UInt8.max {
      for second in [0x00, 0x41, 0x80, 0xbf, 0xc3, 0xff] as [UInt8] {
        samples.append([first, second])
      }
    }
    var strings: Set<[Unicode.Scalar]> = []
    for bytes in samples {
      let path = String(pathBytes: bytes)
      #expect(path.pathBytes == bytes)
      #expect(strings.insert(Array(path.unicodeScalars)).inserted, "\(bytes) is not alone")
    }
    #expect(String(pathBytes: Array("a/é.dtb".utf8)) == "a/é.dtb")
  }

  @Test(
    "is reported so that the name leads back to the bytes",
    arguments: [
      ([0x61, 0xff, 0x2e], #"a\xff."#), (Array(#"a\xff"#.utf8), #"a\x5cxff"#),
      (Array(#"a\b\x1"#.utf8), #"a\b\x1"#), (Array(#"\\xFF"#.utf8), #"\\x5cxFF"#),
      (Array("é".utf8), "é"), ([0xc3, 0x80, 0x80], #"À\x80"#),
    ] as [([UInt8], String)])
  func reported(bytes: [UInt8], name: String) {
    #expect(String(pathBytes: bytes).reportedPath == name)
  }

  @Test("is handed to the system as the bytes that it is")
  func system() {
    let bytes: [UInt8] = [0x2f, 0xff, 0xfe, 0x41]
    let copy = String(pathBytes: bytes).withSystemPath { start in
      (0..<5).map { UInt8(bitPattern: start[$0]) }
    }
    #expect(copy == bytes + [0])
  }
}

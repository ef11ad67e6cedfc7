import Testing

@testable import dtgen

@Suite("bytes as hexadecimal digits")
struct HexTextTests {
  @Test("are the same again, in letters of either size")
  func both() {
    let bytes = Array(UInt8.min...UInt8.max)
    let digits = HexText.digits(of: bytes)
    #expect(String(decoding: digits[..<6], as: UTF8.self) == "000102")
    #expect(HexText.bytes(of: digits[...]) == bytes)
    let large = Array(String(decoding: digits, as: UTF8.self).uppercased().utf8)
    #expect(HexText.bytes(of: large[...]) == bytes)
    #expect(HexText.bytes(of: []) == [])
  }

  @Test(
    "are none with another sign among them, or with one too few",
    arguments: ["0", "0g", "/0", "a:", "0x12"])
  func others(text: String) {
    #expect(HexText.bytes(of: Array(text.utf8)[...]) == nil)
  }
}

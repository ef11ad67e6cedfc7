import DTGenTestSupport
import DeviceTree
import PlatformImport
import Testing

@Suite("trees that no description gives back")
struct RefusalTests {
  private func message(_ tree: FlattenedTree) -> String? {
    do {
      _ = try ImportedPlatform(tree)
      return nil
    } catch {
      #expect(!error.isInternal)
      return error.description
    }
  }

  /// The tree of `source` with each occurrence of one run of bytes replaced by another.
  private func message(_ source: String, replacing old: String, with new: [UInt8]) throws -> String?
  {
    var bytes = try DTC.compile(source).bytes
    let wanted = Array(old.utf8)
    #expect(wanted.count == new.count)
    for start in 0...(bytes.count - wanted.count)
    where bytes[start..<(start + wanted.count)].elementsEqual(wanted) {
      bytes.replaceSubrange(start..<(start + wanted.count), with: new)
    }
    return message(try FlattenedTree(bytes))
  }

  @Test("an overlay", .requires(.dtc))
  func overlay() throws {
    let bytes = try DTC.compile(
      "/dts-v1/; /plugin/; / { fragment@0 { target-path = \"/\"; __overlay__ { a; }; }; };"
    ).bytes
    #expect(
      message(try FlattenedTree(bytes))
        == "this is an overlay; import takes whole trees, so apply it to its base first")
  }

  @Test("names that no tree may have, and such as two have", .requires(.dtc))
  func names() throws {
    let source = "/dts-v1/; / { bus { one { aaa; bbb; }; two { }; }; };"
    #expect(
      try message(source, replacing: "two", with: Array("one".utf8))
        == "/bus: two children are named 'one'; the names of siblings have to differ")
    #expect(
      try message(source, replacing: "bbb", with: Array("aaa".utf8))
        == "/bus/one: two properties are named 'aaa'; a guest reads the first alone")
    #expect(
      try message(source, replacing: "two", with: [0xff, 0x1b, 0x5b])
        == "/bus: the name of a child holds the byte 0xff, which no name may")
    #expect(
      try message(source, replacing: "bbb", with: Array("b b".utf8))
        == "/bus/one: the name of a property holds ' ', which no name may")
    #expect(
      try message(source, replacing: "two", with: Array("@wo".utf8))
        == "/bus: the name of a child has nothing before '@'")
  }

  @Test("more levels than a guest reads")
  func depth() throws {
    // 70 nodes of one level each, and a root; written by hand, because no writer would.
    var structure: [UInt8] = []
    for _ in 0..<70 { structure += [0, 0, 0, 1, UInt8(ascii: "n"), 0, 0, 0] }
    structure.replaceSubrange(4..<8, with: [0, 0, 0, 0])
    for _ in 0..<70 { structure += [0, 0, 0, 2] }
    structure += [0, 0, 0, 9]
    var bytes: [UInt8] = []
    let header: [UInt32] = [
      0xd00d_feed, UInt32(56 + structure.count), 56, UInt32(56 + structure.count), 40, 17, 16, 0, 0,
      UInt32(structure.count),
    ]
    for cell in header { for shift in [24, 16, 8, 0] { bytes.append(UInt8(cell >> shift & 255)) } }
    bytes += [UInt8](repeating: 0, count: 16) + structure
    let tree = try FlattenedTree(bytes, limits: Limits(maximumDepth: 100))
    #expect(message(tree)?.hasSuffix("nodes are nested more than 64 deep") == true)
  }
}

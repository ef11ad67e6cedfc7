import DTGenTestSupport
import DeviceTree
import Foundation
import Testing

/// Overlays of `fixtures/overlays` over the bases beside them, with the exact words about them.
@Suite("dtgen lint --base", .requiresDistribution, .requires(.dtc))
struct LintOverlayTests {
  private func compiled(_ name: String) throws -> ScratchDirectory {
    let scratch = try ScratchDirectory()
    let directory = Repository.fixtures + "/overlays/" + name
    for part in ["base", "overlay"] {
      let source = try String(contentsOfFile: "\(directory)/\(part).dts", encoding: .utf8)
      let isPlain = part == "base" && name == "base-without-labels" || name == "whole-tree"
      try scratch.write(
        DTC.compile(source, options: isPlain ? ["-f"] : ["-@", "-f"]).bytes,
        to: part == "base" ? "base.dtb" : "overlay.dtbo")
    }
    return scratch
  }

  @Test(
    "says what it said when somebody looked at it",
    arguments: [
      ("confined-device", 0), ("pool-outside-memory", 1), ("base-without-labels", 65),
      ("label-that-the-base-lacks", 65), ("target-that-is-not-there", 65),
      ("fixup-without-an-offset", 65), ("whole-tree", 65),
    ])
  func goldens(name: String, status: Int) throws {
    let scratch = try compiled(name)
    let result = try Command.run(["lint", "--base", "base.dtb", "overlay.dtbo"], in: scratch)
    Golden.expect(
      result.text + result.errors, matches: "fixtures/overlays/\(name)/expected.txt")
    #expect(Int(result.status) == status)
  }

  @Test("has a test for each fixture")
  func complete() throws {
    let present = try FileManager.default.contentsOfDirectory(
      atPath: Repository.fixtures + "/overlays")
    #expect(present.count == 7)
  }

  @Test("points at the overlay's own bytes")
  func places() throws {
    let scratch = try compiled("pool-outside-memory")
    let result = try Command.run(
      ["lint", "--base", "base.dtb", "overlay.dtbo", "--format", "json"], in: scratch)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output)) as? [String: Any])
    let file = try #require((document["files"] as? [[String: Any]])?.first)
    #expect(file["file"] as? String == "overlay.dtbo")
    let finding = try #require((file["findings"] as? [[String: Any]])?.first)
    let place = try #require(finding["place"] as? [String: Any])
    #expect(place["file"] as? String == "overlay.dtbo")
    let offset = try #require(place["byteOffset"] as? Int)
    let overlay = try FlattenedTree(#require(scratch.read("overlay.dtbo")))
    let pool = try #require(
      overlay.node(at: "/fragment@0/__overlay__/reserved-memory/bounce@9f000000"))
    #expect(pool.property("reg")?.byteRange.contains(offset) == true)
    let related = try #require((finding["related"] as? [[String: Any]])?.first)
    let memory = try #require(related["place"] as? [String: Any])
    #expect(memory["file"] as? String == "base.dtb")
  }

  @Test("lays several overlays over each other, in their order")
  func several() throws {
    let scratch = try compiled("confined-device")
    let more = """
      /dts-v1/; /plugin/;
      &bounce { reg = <0x0 0x9f000000 0x0 0x800000>; };
      """
    try scratch.write(DTC.compile(more, options: ["-@", "-f"]).bytes, to: "more.dtbo")
    func lint(_ arguments: String...) throws -> Tool.Result {
      try Command.run(["lint", "--base", "base.dtb"] + arguments, in: scratch)
    }
    let result = try lint("overlay.dtbo", "more.dtbo")
    #expect(result.status == 1)
    #expect(result.text.contains("more.dtbo: /reserved-memory/bounce@5f000000: reg[0]: error"))
    #expect(result.text.contains("more.dtbo: laid over base.dtb with overlay.dtbo"))
    // The label is not there yet.
    #expect(try lint("more.dtbo", "overlay.dtbo").status == 65)
    let table = try lint("overlay.dtbo", "--explain-dma")
    #expect(table.text.contains("virtio@a000000  virtio,mmio  into bounce@5f000000 alone"))
  }

  @Test("refuses an overlay as a base, directories, and standard input twice")
  func usage() throws {
    let scratch = try compiled("confined-device")
    func lint(_ arguments: String...) throws -> Tool.Result {
      try Command.run(["lint", "--base"] + arguments, in: scratch)
    }
    let wrongWay = try lint("overlay.dtbo", "base.dtb")
    #expect(wrongWay.status == 65)
    #expect(wrongWay.errors.contains("overlay.dtbo: this is an overlay; a base is a whole tree"))
    #expect(try lint("base.dtb", ".").status == 64)
    #expect(try lint("-", "-").status == 64)
    #expect(try lint("nowhere.dtb", "overlay.dtbo").status == 66)
    #expect(try lint("base.dtb", "nowhere.dtbo").status == 66)
    let overlay = try #require(scratch.read("overlay.dtbo"))
    let piped = try Command.run(["lint", "--base", "base.dtb", "-"], in: scratch, input: overlay)
    #expect(piped.status == 0, "\(piped.errors)")
  }

  @Test("keeps to a policy by the name of the overlay")
  func policy() throws {
    let scratch = try compiled("pool-outside-memory")
    try scratch.write(
      Array(
        """
        { waivers: [{ rule: "dma/pool-outside-memory", node: "/reserved-memory/*",
            reason: "a test", file: "overlay.dtbo" }] }
        """.utf8), to: ".dtgen.json")
    let result = try Command.run(["lint", "--base", "base.dtb", "overlay.dtbo"], in: scratch)
    #expect(result.status == 0, "\(result.text)\(result.errors)")
  }
}

import DTGenTestSupport
import Foundation
import Testing

@Suite("dtgen lint, of a tree and tables together", .requiresDistribution)
struct LintParityTests {
  private let scratch: ScratchDirectory

  private static func description(_ firmware: String, _ slots: Int) -> [UInt8] {
    Array(
      """
      import PlatformDescription

      let platform = Platform("p") {
        VirtualMachine(
          "guest", on: .qemuVirt(gic: .v3, firmware: true), cpus: 1, memory: .mib(256),
          firmware: \(firmware)
        ) {
          for _ in 0..<\(slots) { VirtioMMIO(.block) }
        }
      }

      """.utf8)
  }

  /// A tree of a guest, and all tables of the same guest with one disk more.
  init() throws {
    scratch = try ScratchDirectory()
    try scratch.write(Self.description(".deviceTree", 2), to: "tree.swift")
    try scratch.write(Self.description(".hardwareReducedACPI", 2), to: "same.swift")
    try scratch.write(Self.description(".hardwareReducedACPI", 1), to: "fewer.swift")
    for (file, directory) in [("tree", "tree"), ("same", "same"), ("fewer", "fewer")] {
      let result = try Command.run(["build", "\(file).swift", "-o", directory], in: scratch)
      #expect(result.status == 0, "\(result.errors)")
    }
  }

  private func lint(_ arguments: String...) throws -> Tool.Result {
    try Command.run(["lint", "--no-policy"] + arguments, in: scratch)
  }

  private func copy(_ from: String, _ to: String) throws {
    let directory = URL(fileURLWithPath: scratch.path + "/" + to).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: scratch.path + "/" + from, toPath: scratch.path + "/" + to)
  }

  private static let remark =
    "compared with tree/guest.dtb; a guest that is given both goes by the tree"

  @Test("those that are named together are compared, and the report says so")
  func named() throws {
    let tables = ["dsdt", "apic", "gtdt", "mcfg"]
    let same = try lint(["tree/guest.dtb"] + tables.map { "same/guest-\($0).aml" })
    #expect(!same.text.contains("parity/"), "\(same.text)")
    #expect(same.text.contains(Self.remark))
    #expect(same.status == 0)
    let fewer = try lint(
      ["tree/guest.dtb"] + tables.map { "fewer/guest-\($0).aml" } + ["--fail-on", "warning"])
    #expect(
      fewer.text.contains(
        "tree/guest.dtb: /virtio_mmio@a000200: reg[0]: warning: the tables have no such virtio-mmio"
      ),
      "\(fewer.text)")
    #expect(fewer.status == 1)
    let apart = try lint(
      ["--apart", "tree/guest.dtb"] + tables.map { "fewer/guest-\($0).aml" })
    #expect(!apart.text.contains("parity/") && !apart.text.contains("compared with"))
  }

  private func lint(_ arguments: [String]) throws -> Tool.Result {
    try Command.run(["lint", "--no-policy"] + arguments, in: scratch)
  }

  @Test("a finding in a table shows what the tree says, and names a rule that waivers may name")
  func places() throws {
    let json = try lint(
      "tree/guest.dtb", "fewer/guest-dsdt.aml", "fewer/guest-apic.aml", "--format", "json")
    let document = try JSONSerialization.jsonObject(with: Data(json.output)) as? [String: Any]
    let files = try #require(document?["files"] as? [[String: Any]])
    let findings = files.flatMap { $0["findings"] as? [[String: Any]] ?? [] }
    #expect(findings.contains { $0["rule"] as? String == "parity/device-missing" })
    let policy = """
      { "waivers": [{ "rule": "parity/device-missing", "node": "/virtio_mmio@a000200",
        "file": "tree/guest.dtb", "reason": "the second disk is the tree's" }] }
      """
    try scratch.write(Array(policy.utf8), to: "policy.json")
    func run(_ arguments: String...) throws -> Tool.Result {
      try Command.run(["lint", "--policy", "policy.json"] + arguments, in: scratch)
    }
    let waived = try run(
      "tree/guest.dtb", "fewer/guest-dsdt.aml", "fewer/guest-apic.aml", "fewer/guest-mcfg.aml",
      "--fail-on", "warning")
    #expect(waived.status == 0, "\(waived.text)\(waived.errors)")
    // Alone, the tree can't tell whether the waiver is of use.
    #expect(try run("tree/guest.dtb").status == 0)
    #expect(
      try run(
        "tree/guest.dtb", "same/guest-dsdt.aml", "same/guest-apic.aml", "same/guest-mcfg.aml"
      ).status == 78)
  }

  @Test("in a directory the tree of the set's name is compared, or the only one")
  func directories() throws {
    for table in ["dsdt", "apic"] { try copy("fewer/guest-\(table).aml", "d/guest-\(table).aml") }
    try copy("tree/guest.dtb", "d/other.dtb")
    let only = try lint("d")
    #expect(only.text.contains("compared with d/other.dtb"), "\(only.text)")
    #expect(only.text.contains("d/other.dtb: /virtio_mmio@a000200: reg[0]: warning"))
    // Two trees, and none of the set's name.
    try copy("tree/guest.dtb", "d/third.dtb")
    let none = try lint("d")
    #expect(!none.text.contains("parity/"))
    #expect(none.text.contains("not compared with any of 2 trees beside"), "\(none.text)")
    try copy("tree/guest.dtb", "d/guest.dtb")
    #expect(try lint("d").text.contains("compared with d/guest.dtb"))
    // What is named and what is found are not of one machine unless somebody says so.
    let apart = try lint("tree/guest.dtb", "fewer")
    #expect(!apart.text.contains("parity/"), "\(apart.text)")
    let forced = try lint("--same-machine", "tree/guest.dtb", "fewer")
    #expect(forced.text.contains("parity/device-missing"))
  }

  @Test("a tree for another processor is compared only where that is asked for")
  func processors() throws {
    try scratch.write(
      Array(
        """
        import PlatformDescription

        let platform = Platform("p") {
          VirtualMachine("guest", on: .qemuVirtRISCV64(), cpus: 1, memory: .mib(256)) {
            VirtioMMIO(.block)
          }
        }

        """.utf8), to: "riscv.swift")
    #expect(try Command.run(["build", "riscv.swift", "-o", "riscv"], in: scratch).status == 0)
    let other = try lint("riscv/guest.dtb", "same/guest-dsdt.aml", "same/guest-apic.aml")
    #expect(
      other.text.contains("not compared with riscv/guest.dtb, which is for another processor"),
      "\(other.text)")
    #expect(!other.text.contains("parity/"))
    let forced = try lint(
      "--same-machine", "riscv/guest.dtb", "same/guest-dsdt.aml", "same/guest-apic.aml")
    #expect(forced.text.contains("parity/processor-differs"), "\(forced.text)")
    #expect(forced.status == 1)
  }

  @Test("flags that can't be followed are refused")
  func refused() throws {
    let both = try lint("--same-machine", "--apart", "tree/guest.dtb", "same/guest-dsdt.aml")
    #expect(both.status == 64)
    let alone = try lint("--same-machine", "tree/guest.dtb")
    #expect(alone.status == 64)
    #expect(alone.errors.contains("--same-machine compares one tree with tables"))
    try copy("tree/guest.dtb", "two.dtb")
    #expect(
      try lint("--same-machine", "tree/guest.dtb", "two.dtb", "same/guest-dsdt.aml").status == 64)
    #expect(
      try lint("--same-machine", "--base", "two.dtb", "tree/guest.dtb").status == 64)
  }

  @Test("a tree from standard input is compared too")
  func standardInput() throws {
    let tree = try #require(scratch.read("tree/guest.dtb"))
    let result = try Command.run(
      ["lint", "--no-policy", "-", "fewer/guest-dsdt.aml", "fewer/guest-apic.aml"], in: scratch,
      input: tree)
    #expect(result.text.contains("parity/device-missing"), "\(result.text)")
    #expect(result.text.contains("compared with standard input"))
  }
}

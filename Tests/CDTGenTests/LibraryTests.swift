import CDTGen
import CDTGenInterface
import DTGenTestSupport
import DeviceTree
import Diagnostics
import Foundation
import GuestView
import PlatformLint
import Testing

@Suite("The library for C")
struct LibraryTests {
  private static let guest = "debian-13-cloud-arm64"

  private static func tree(_ example: Example) throws -> [UInt8] {
    try ExampleCompiler(example.source).bytes
  }

  private static func good() throws -> [UInt8] {
    try tree(Example(in: .virt, ""))
  }

  @Test(
    "finds what the checker finds", .requires(.dtc),
    arguments: RuleCatalogue.all.filter { $0.needs.isOfOneTree }.map { $0.id })
  func agrees(id: String) throws {
    for example in try #require(RuleCatalogue.rule(id)).bad where example.guest == nil {
      let bytes = try Self.tree(example)
      // Requester IDs and features go through C and back.
      let answer = LibraryCall(tree: bytes, features: example.features).run()
      let judgement = Judge().judge(try FlattenedTree(bytes), features: example.features)
      #expect(try answer.rules == judgement.findings.map(\.rule))
      let worst = judgement.findings.map(\.severity).max()
      #expect(answer.status == (worst == .error ? DTGEN_FINDINGS : DTGEN_CLEAN))
      #expect(answer.message == nil)
    }
  }

  @Test("judges tables, and a tree beside them", .requires(.dtc))
  func tables() throws {
    let example = try #require(RuleCatalogue.rule("acpi/checksum-wrong") as? any TableRule.Type)
    let tables = try #require(example.badTables.first).tables
    #expect(try LibraryCall(tables: tables).run().rules.contains("acpi/checksum-wrong"))
    let both = LibraryCall(tree: try Self.good(), tables: tables).run()
    #expect(both.json.contains("\"file\": \"tree\""))
    #expect(both.json.contains("\"file\": \"tables 0\""))
  }

  @Test("takes a kernel by its name and by its configuration", .requires(.dtc))
  func kernels() throws {
    let tree = try Self.good()
    let named = LibraryCall(tree: tree, guest: Self.guest).run()
    #expect(named.status == DTGEN_FINDINGS)
    #expect(try named.rules.contains("guest/pools-not-built"))
    let text = "CONFIG_CC_IS_GCC=y\nCONFIG_ARM64=y\nCONFIG_OF=y\nCONFIG_VIRTIO_MMIO=y\n"
    let read = LibraryCall(tree: tree, configuration: Array(text.utf8)).run()
    #expect(try read.rules.contains("guest/pools-not-built"))
    let page = LibraryCall(tree: tree, configuration: Array("<html>".utf8)).run()
    #expect(page.status == DTGEN_BAD_INPUT)
    #expect(page.message?.hasPrefix("kernel_config: no configuration of a kernel: line 1") == true)
  }

  @Test("fails where a required rule lacks its input", .requires(.dtc))
  func required() throws {
    let tree = try Self.good()
    #expect(LibraryCall(tree: tree).run().status == DTGEN_CLEAN)
    let answer = LibraryCall(tree: tree, required: ["virtio", "dma"]).run()
    #expect(answer.status == DTGEN_FINDINGS)
    #expect(
      answer.message
        == "dma/access-platform-not-offered is required and was skipped: it needs features")
  }

  @Test("fails from the severity on that is asked for", .requires(.dtc))
  func thresholds() throws {
    let warning = try #require(
      RuleCatalogue.all.first { $0.severity == .warning && $0.needs == .tree && !$0.bad.isEmpty })
    let tree = try Self.tree(try #require(warning.bad.first))
    for (threshold, status) in [
      (DTGEN_FAIL_ON_ERROR, DTGEN_CLEAN), (DTGEN_FAIL_ON_WARNING, DTGEN_FINDINGS),
      (DTGEN_FAIL_NEVER, DTGEN_CLEAN),
    ] {
      #expect(LibraryCall(tree: tree, failOn: Int32(threshold)).run().status == Int32(status))
    }
  }

  @Test("gives the same to threads at once", .requires(.dtc))
  func threads() async throws {
    let tree = try Self.tree(try #require(RuleCatalogue.all.first { !$0.bad.isEmpty }?.bad.first))
    let expected = LibraryCall(tree: tree, guest: Self.guest).run()
    let answers = await withTaskGroup(of: LibraryCall.Answer.self) { group in
      for _ in 0..<32 {
        group.addTask { LibraryCall(tree: tree, guest: Self.guest).run() }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(answers.count == 32)
    #expect(answers.allSatisfy { $0 == expected })
  }

  @Test("tells its version")
  func version() {
    #expect(String(cString: dtgen_version()) == Report.Tool.dtgen.version)
  }
}

import DTGenTestSupport
import DeviceTree
import Diagnostics
import Foundation
import GuestView
import Testing

@testable import PlatformLint

@Suite("what is only proposed")
struct ProposalTests {
  @Test(
    "has a row in the guide, with its names, whose it is and where it is", arguments: Proposal.all)
  func guide(proposal: Proposal) throws {
    let path = Repository.root + "/Sources/PlatformLint/PlatformLint.docc/Guides/Proposals.md"
    let rows = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
      .filter { $0.hasPrefix("| ") }
    let row = try #require(
      rows.first { row in proposal.names.allSatisfy { row.contains("`\($0)") } })
    #expect(row.contains(proposal.origin))
    #expect(row.contains(proposal.source))
    if let bit = proposal.featureBit { #expect(row.contains("bit \(bit)")) }
    for rule in row.matches(of: /`([a-z]+\/[a-z-]+)`/) {
      #expect(RuleCatalogue.rule(String(rule.1)) != nil, "\(rule.1)")
    }
  }

  @Test("is known by each of its names alone")
  func names() {
    let names = Proposal.all.flatMap(\.names)
    #expect(Set(names).count == names.count)
    for proposal in Proposal.all {
      for name in proposal.names { #expect(Proposal.named(name) == proposal) }
    }
    #expect(Proposal.named("VIRTIO_F_ACCESS_PLATFORM") == nil)
  }

  @Test(
    "is told from what bit 27 was before",
    arguments: [
      // A device with registers in memory has no transitional form.
      (UInt16?.none, UInt32(2), [27, 32], true), (nil, 2, [27], false),
      // Disks may be transitional, and GPUs not; with ACCESS_PLATFORM neither is.
      (8, 2, [27, 32], false), (8, 16, [27, 32], true), (8, 2, [27, 32, 33], true),
      (8, 2, [27], false),
    ])
  func bit(function: UInt16?, type: UInt32, bits: [Int], isProposal: Bool) throws {
    let tree = try FlattenedTree(try ExampleCompiler(Example(in: .pci, "").source).bytes)
    let features = DeviceFeatures(devices: [
      .init(
        node: function == nil ? "/virtio@a000000" : "/pcie@4010000000", requesterID: function,
        type: type, featureBits: bits)
    ])
    let findings = Linter().lint(GuestView(tree: tree, features: features)).findings
    #expect(findings.contains { $0.rule == "virtio/proposed-feature" } == isProposal)
  }

  @Test("says of linux,dma-default that what it was to mean is a proposal, and of no-map nothing")
  func defaultPool() throws {
    func message(_ property: String) throws -> String? {
      let tree = try FlattenedTree(
        try ExampleCompiler(Example("&bounce {\n  \(property);\n};").source).bytes)
      return Linter().lint(GuestView(tree: tree)).findings
        .first { $0.rule == "dma/pool-forbidden-property" }?.message
    }
    #expect(try message("linux,dma-default")?.contains("proposal (David Woodhouse") == true)
    #expect(try message("no-map") == "no-map is not allowed in a restricted pool")
  }
}

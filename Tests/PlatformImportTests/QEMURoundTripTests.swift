import DTGenTestSupport
import DeviceTree
import Diagnostics
import GuestView
import PlatformImport
import PlatformLint
import Testing

@Suite("importing what QEMU writes")
struct QEMURoundTripTests {
  @Test(
    "gives the same tree back, with nouns and without", .requires(.qemuArm), .requires(.qemuRISCV),
    arguments: QEMUDump.all)
  func roundTrip(dump: QEMUDump) throws {
    let bytes = try dump.bytes()
    let nouns = try RoundTrip(bytes)
    #expect(nouns.differences == [])
    let raw = try RoundTrip(bytes, options: ImportOptions(usesNouns: false))
    #expect(raw.differences == [])
    #expect(raw.imported.rawNodeCount == raw.imported.nodeCount - 1)
  }

  @Test(
    "gives a tree back of which the same is to be said", .requires(.qemuArm),
    .requires(.qemuRISCV), arguments: QEMUDump.all)
  func findings(dump: QEMUDump) throws {
    let trip = try RoundTrip(dump.bytes())
    #expect(Self.findings(trip.tree) == Self.findings(trip.again))
  }

  @Test(
    "keeps devices in their order, by which a guest numbers disks and networks",
    .requires(.qemuArm), .requires(.qemuRISCV), arguments: QEMUDump.all)
  func order(dump: QEMUDump) throws {
    let trip = try RoundTrip(dump.bytes())
    let names = { (tree: FlattenedTree) in
      tree.nodes.filter { $0.property("compatible")?.lists("virtio,mmio") == true }.map(\.path)
    }
    #expect(names(trip.tree) == names(trip.again))
  }

  /// What the rules say, by rule and node.
  private static func findings(_ tree: FlattenedTree) -> [String] {
    Linter().lint(GuestView(tree: tree)).findings.map { finding in
      "\(finding.rule) \(finding.place.node ?? "") \(finding.place.property ?? "")"
    }.sorted()
  }
}

import ACPI
import DTGenTestSupport
import DeviceTree
import Diagnostics
import GuestView
import PlatformDescription
import PlatformLint
import PlatformLowering
import Testing

@Suite("A tree and tables of the same description")
struct OwnParityTests {
  /// Machines that differ in what both describe.
  private static let machines: [String: VirtualMachine] = {
    let smmu = SMMUv3()
    return [
      "GICv3": VirtualMachine(
        "guest", on: .qemuVirt(gic: .v3, firmware: true), cpus: 2, memory: .mib(512)
      ) {
        VirtioMMIO(.block)
        VirtioMMIO(.block, acpi: .prp0001)
        PCIHostBridge { VirtioPCI(.block, slot: 2) }
      },
      "GICv2": VirtualMachine(
        "guest", on: .qemuVirt(gic: .v2, firmware: true), cpus: 2, memory: .mib(512)
      ) {
        VirtioMMIO(.block)
        PCIHostBridge { VirtioPCI(.block, slot: 2) }
      },
      "SMMU": VirtualMachine(
        "guest", on: .qemuVirt(gic: .v3, firmware: true), cpus: 2, memory: .mib(512)
      ) {
        smmu
        PCIHostBridge(iommu: smmu) { VirtioPCI(.block, slot: 2) }
      },
      "many processors": VirtualMachine(
        "guest", on: .qemuVirt(gic: .v3, virtualization: true, firmware: true), cpus: 20,
        memory: .mib(512)
      ) { VirtioMMIO(.network()) },
      "Cloud Hypervisor": VirtualMachine(
        "guest", on: .cloudHypervisor(), cpus: 2, memory: .gib(1)
      ) {
        PCIHostBridge { VirtioPCI(.block, slot: 1) }
      },
    ]
  }()

  @Test("differ in nothing", arguments: machines.keys.sorted())
  func complete(name: String) throws {
    var machine = try #require(Self.machines[name])
    machine.firmware = .deviceTree
    // Only of what says 'acpi:' do tables stand beside the tree.
    let trees = Lowering(
      Platform("p") { machine }, tables: TableOptions(includesTrees: name == "GICv3"))
    machine.firmware = .hardwareReducedACPI
    let tables = Lowering(Platform("p") { machine })
    #expect(trees.mistakes.isEmpty && tables.mistakes.isEmpty)
    let tree = try FlattenedTree(try #require(trees.machines.first).tree.flattened())
    let bytes = try #require(tables.tables.first).tables.map { try $0.bytes() }
    let view = ParityView(
      tree: GuestView(tree: tree),
      tables: TablesView(
        TableSet([TableSet.Member(try TableFile(bytes.flatMap { $0 }), name: "own.aml")])))
    #expect(view.hasWholeTables && view.isOfOneProcessor)
    #expect(!view.devices.isEmpty || !view.hosts.isEmpty)
    #expect(Linter().lint(view).findings.map { "\($0.rule) \($0.place) \($0.message)" } == [])
  }
}

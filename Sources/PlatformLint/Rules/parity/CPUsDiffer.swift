import ACPI
import DeviceTree
import Diagnostics
import GuestView

/// A guest has the same processors, by either description.
enum CPUsDiffer: ParityRule {
  static let id = "parity/cpus-differ"
  static let severity = Severity.warning
  static let summary = "the tree and APIC list different processors"
  static let rationale = """
    A processor is known by a number of the hardware, MPIDR on arm64 and the hart ID on RISC-V, that reg of its node \
    and its entry in APIC both give. One that only one of them lists isn't started by a guest of the other.
    """
  static let consequence = "a guest that goes by the shorter list leaves processors unused"
  static let logExample: String? = "missing boot CPU MPIDR, not enabling secondaries"
  static let help = "list the same processors in both, by the numbers that the VMM gives them"
  static let exceptions = """
    Entries that are neither enabled nor to be enabled later are left out, and so are the processors of a PC.
    """
  static let sources = [
    Source.linux("arch/arm64/kernel/smp.c", "of_parse_and_init_cpus", "acpi_map_gic_cpu_interface"),
    .acpi("5.2.12.14"),
  ]
  static let goodPairs = [
    ParityExample([TableExamples.virtio()], tables: .none, with: [ParityExamples.madt()])
  ]
  static let badPairs = [
    ParityExample(
      at: ["/cpus/cpu@0: reg", "APIC: entry[1]"], [TableExamples.virtio()], tables: .none,
      with: [ParityExamples.madt(processor: 0x100)])
  ]

  static func check(_ view: ParityView, _ report: inout ParityReporter) {
    guard let madt = view.tables.madt, let content = madt.content else { return }
    var listed: [(id: UInt64, index: Int)] = []
    for (index, entry) in content.entries.enumerated() {
      switch entry {
      // Bit 3: it may come later.
      case .gicc(let gicc) where gicc.flags & 9 != 0: listed.append((gicc.mpidr, index))
      case .rintc(let flags, let hartID, _) where flags & 3 != 0: listed.append((hartID, index))
      default: continue
      }
    }
    let cpus = view.tree.cpus.filter { $0.hardwareID != nil }
    guard !listed.isEmpty, !cpus.isEmpty else { return }
    let inTree = Set(cpus.compactMap(\.hardwareID))
    let inTables = Set(listed.map(\.id))
    for (id, index) in listed where !inTree.contains(id) {
      let offset =
        content.byteOffsets.indices.contains(index) ? content.byteOffsets[index] : 0
      report(
        "the tree has no such processor",
        at: .tables(
          TablePlace(
            table: madt.number, node: "APIC", element: "entry[\(index)]",
            byteRange: offset..<(offset + 2))), found: ByteText.hex(id))
    }
    for cpu in cpus {
      guard let id = cpu.hardwareID, !inTables.contains(id), let property = cpu.property else {
        continue
      }
      report(
        "APIC has no such processor", at: .tree(.property(property)), found: ByteText.hex(id))
    }
  }
}

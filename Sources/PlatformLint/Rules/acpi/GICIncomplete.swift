import ACPI
import Diagnostics
import GuestView

/// APIC has all parts of the GIC that its distributor's version says.
enum GICIncomplete: TableRule {
  static let id = "acpi/gic-incomplete"
  static let severity = Severity.error
  static let summary = "APIC describes a GIC that no driver takes"
  static let rationale = """
    A guest looks for the distributor, and by its version for the driver: 2 for a GICv2, whose processors have the address \
    of their interface, 3 and 4 for one with redistributors. A version of 0 means that the guest finds out itself.
    """
  static let consequence = "the guest has no interrupt controller, and stops"
  static let help = "give APIC the distributor, its version, and what a GIC of that version has"
  static let sources = [
    Source.linux("drivers/irqchip/irq-gic-v3.c", "acpi_validate_gic_table"),
    .linux("drivers/irqchip/irq-gic.c", "gic_validate_dist", "gic_v2_acpi_init"),
    .acpi("5.2.12.15"),
  ]
  private static func table(_ entries: [MADTEntry]) -> [UInt8] {
    TableExample.written { () throws(ACPIError) in
      try MADT(entries + [.gicc(GICC(uid: 0, mpidr: 0))]).bytes()
    }
  }
  private static let redistributors = MADTEntry.gicr(address: 0x080a_0000, length: 0x2_0000)
  private static func distributor(_ version: UInt8) -> MADTEntry {
    .gicd(id: 0, address: 0x0800_0000, version: version)
  }
  private static func example(_ entries: [MADTEntry], at places: [String] = []) -> TableExample {
    TableExample(in: .none, at: places, [TableExamples.virtio()], with: [table(entries)])
  }
  static let goodTables = [
    example([distributor(3), redistributors]), example([distributor(0), redistributors]),
  ]
  static let badTables = [
    example([redistributors], at: ["APIC"]),
    example([distributor(2), redistributors], at: ["APIC: entry[0]"]),
    example([distributor(3)], at: ["APIC: entry[0]"]),
    example([distributor(1), redistributors], at: ["APIC: entry[0]"]),
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    guard view.isOn(.arm64), let madt = view.madt, let content = madt.content else { return }
    var distributor: (version: UInt8, index: Int)?
    var (processors, interfaces, redistributors) = (0, 0, 0)
    for (index, entry) in content.entries.enumerated() {
      switch entry {
      case .gicd(_, _, let version): if distributor == nil { distributor = (version, index) }
      case .gicr: redistributors += 1
      case .gicc(let gicc):
        processors += 1
        if gicc.address != 0 { interfaces += 1 }
        if gicc.redistributor != 0 { redistributors += 1 }
      default: continue
      }
    }
    guard let (version, index) = distributor else {
      report("there is no distributor of a GIC", at: view.place(ofTable: madt.number))
      return
    }
    let offset = content.byteOffsets.indices.contains(index) ? content.byteOffsets[index] : 0
    let place = TablePlace(
      table: madt.number, node: "APIC", element: "entry[\(index)]",
      byteRange: offset..<(offset + 2))
    switch version {
    case 0: return
    case 2 where processors > 0 && interfaces == 0:
      report(
        "the distributor is said to be a GICv2's, and no processor has an interface at an address",
        at: place, found: "version 2",
        expected: redistributors > 0 ? "3, or 4, with redistributors" : nil)
    case 3, 4:
      guard redistributors == 0 else { return }
      report(
        "the distributor is said to be a GICv\(version)'s, and there are no redistributors",
        at: place,
        found: "version \(version)", expected: interfaces > 0 ? "2, with interfaces" : nil)
    case 2: return
    default:
      report(
        "no driver takes a GIC of this version", at: place, found: "version \(version)",
        expected: "2, 3 or 4, or 0")
    }
  }
}

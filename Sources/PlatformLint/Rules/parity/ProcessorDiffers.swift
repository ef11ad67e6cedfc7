import ACPI
import DeviceTree
import Diagnostics
import GuestView

/// A tree and tables of one machine are for one processor.
enum ProcessorDiffers: ParityRule {
  static let id = "parity/processor-differs"
  static let severity = Severity.error
  static let summary = "the tree and the tables are for different processors"
  static let rationale = """
    What the compatible strings and the nodes of CPUs say in a tree, APIC and other tables say with their entries: \
    a GIC, the harts of RISC-V, the APICs of a PC. Where they disagree, they are not of one machine, and nothing \
    else is compared.
    """
  static let consequence = "one of the two is of no use to it"
  static let help = "give the guest those of one machine, or lint them --apart"
  static let exceptions = """
    Where they are not said to be of one machine, a tree and tables for different processors are not compared at all.
    """
  static let sources = [Source.acpi("5.2.12"), .devicetree("3.8")]
  static let goodPairs = [ParityExample([TableExamples.virtio()])]
  static let badPairs = [
    ParityExample(
      at: ["APIC"],
      tables: [
        TableExample.written { () throws(ACPIError) in
          try MADT(
            localAPICAddress: 0xfee0_0000,
            [
              .localAPIC(uid: 0, id: 0, flags: 1),
              .ioAPIC(id: 0, address: 0xfec0_0000, firstInterrupt: 0),
            ]
          ).bytes()
        }
      ])
  ]

  static func check(_ view: ParityView, _ report: inout ParityReporter) {
    guard !view.isOfOneProcessor, let tree = view.tree.architecture,
      let tables = view.tables.architecture
    else { return }
    let place = view.tables.place(ofTable: view.tables.madt?.number ?? 0)
    report(
      "the tree is for \(tree.rawValue), and the tables are for \(tables.architecture.rawValue)",
      at: .tables(place), found: tables.because,
      related: [ParityParty("is the tree", at: .tree(.node(view.tree.tree.root)))])
  }
}

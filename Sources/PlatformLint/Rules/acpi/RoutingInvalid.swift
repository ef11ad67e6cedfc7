import ACPI
import Diagnostics
import GuestView

/// A `_PRT` leads each pin of a device to an interrupt.
enum RoutingInvalid: TableRule {
  static let id = "acpi/routing-invalid"
  static let severity = Severity.error
  static let summary = "an entry of _PRT leads nowhere, or is about no pin"
  static let rationale = """
    An entry of _PRT is a package of four: the device << 16 with 0xffff for all functions, the pin from 0 for INTA \
    to 3 for INTD, a link device or 0, and the index in that or a GSI. What Linux can't find by device and pin has \
    no interrupt.
    """
  static let consequence = "functions of PCI without MSI have no interrupt, and their drivers fail"
  static let logLine: String? = "can't derive routing for PCI INT A"
  static let help = "write pins 0 to 3, 0xffff as the function, and a link that the tables declare"
  static let exceptions = """
    A function other than 0xffff is a warning: Linux looks at the device alone. A routing that a method computes \
    can't be looked at.
    """
  static let sources = [
    Source.acpi("6.2.13"), .linux("drivers/acpi/pci_irq.c", "acpi_pci_irq_check_entry"),
  ]
  static let alsoKnownAs = ["fwts: method _PRT"]
  private static func host(_ entry: [Term], link: Bool = false) -> [Term] {
    [TableExamples.pciHost(more: [.name("_PRT", .package([.package(entry)]))])]
  }
  static let goodTables = [
    TableExample(
      host([.integer(0x1_ffff), .integer(0), .integer(0), .integer(35)]),
      with: [TableExamples.mcfg()])
  ]
  static let badTables = [
    TableExample(
      at: ["\\_SB.PCI0: _PRT[0]"],
      host([.integer(0x1_ffff), .integer(4), .integer(0), .integer(35)]),
      with: [TableExamples.mcfg()]),
    TableExample(
      at: ["\\_SB.PCI0: _PRT[0]"],
      host([.integer(0x1_ffff), .integer(0), .path("LNKA"), .integer(0)]),
      with: [TableExamples.mcfg()]),
    TableExample(
      at: ["\\_SB.PCI0: _PRT"],
      host([.integer(0x1_ffff), .integer(0), .integer(35)]), with: [TableExamples.mcfg()]),
    TableExample(
      at: ["\\_SB.PCI0: _PRT[0]"],
      host([.integer(0x1_0000), .integer(0), .integer(0), .integer(35)]),
      with: [TableExamples.mcfg()]),
    TableExample(
      at: ["\\_SB.PCI0: _PRT[0]"],
      host([.integer(0x1_ffff), .integer(0), .integer(0), .integer(3)]),
      with: [TableExamples.mcfg()]),
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    for device in view.devices where device.object.child("_PRT") != nil {
      let routing = device.object.interruptRouting
      if let problem = routing.problem, problem.code == .badValue {
        report("its _PRT is \(problem.message)", at: device.place(of: "_PRT"))
      }
      guard let routing = routing.value else { continue }
      if let problem = routing.problems.first {
        let whole = device.place(of: "_PRT")
        report(
          problem.message,
          at: TablePlace(
            table: whole.table, node: whole.node, property: "_PRT",
            byteRange: problem.byteOffset.map { $0..<($0 + 1) } ?? whole.byteRange))
      }
      for (index, entry) in routing.entries.enumerated() {
        let place = device.place(
          of: "_PRT", index, byteRange: entry.byteOffset..<(entry.byteOffset + 1))
        if entry.pin > 3 {
          report("the pin is none", at: place, found: "\(entry.pin)", expected: "0 to 3")
        }
        if entry.address & 0xffff != 0xffff {
          report(
            "the entry is about one function", at: place, found: ByteText.hex(entry.address),
            expected: ByteText.hex(entry.address | 0xffff), severity: .warning, log: .nothing)
        }
        switch entry.target {
        case .link(let link, _):
          if link == nil || link?.isDeclared == false && link?.isExternal == false {
            report("the link is no device of the tables", at: place)
          }
        case .interrupt(let number):
          guard view.isOn(.arm64), !(32...5119).contains(number) else { continue }
          report(
            "the interrupt is no INTID that a device has", at: place, found: "\(number)",
            expected: "32 to 1019")
        }
      }
    }
  }
}

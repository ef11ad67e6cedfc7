import ACPI
import DeviceTree
import Diagnostics
import GuestView

/// What a guest says comes out of one port.
enum ConsoleDiffers: ParityRule {
  static let id = "parity/console-differs"
  static let severity = Severity.note
  static let summary = "stdout-path and SPCR name different serial ports"
  static let rationale = """
    Without console= on the command line a guest takes the port of stdout-path under a tree, and that of SPCR under \
    tables.
    """
  static let consequence = "its messages come out of another port under the other description"
  static let help = "name the same port in both"
  static let exceptions = "Registers at I/O ports, and a path that leads nowhere, are not compared."
  static let sources = [
    Source.linux("drivers/of/base.c", "of_console_check"),
    .linux("drivers/acpi/spcr.c", "acpi_parse_spcr"),
  ]
  private static func spcr(_ address: UInt64) -> [UInt8] {
    TableExample.written { () throws(ACPIError) in
      try SPCR(
        interfaceType: 3,
        register: GenericRegister(
          .systemMemory, bitWidth: 32, accessSize: 3, address: address),
        interruptType: 8, interrupt: 33
      ).bytes()
    }
  }
  static let goodPairs = [ParityExample([TableExamples.virtio()], with: [spcr(0x0900_0000)])]
  static let badPairs = [
    ParityExample(at: ["SPCR"], [TableExamples.virtio()], with: [spcr(0x0904_0000)])
  ]

  static func check(_ view: ParityView, _ report: inout ParityReporter) {
    guard let spcr = view.tables.spcr, let content = spcr.content,
      content.register.space == .systemMemory, content.register.address != 0,
      let chosen = view.tree.tree.root.child("chosen"),
      let property = chosen.property("stdout-path") ?? chosen.property("linux,stdout-path"),
      let text = property.string, let node = Self.node(at: text, in: view.tree),
      let range = view.tree.registers(of: node).first?.range,
      range.first != content.register.address
    else { return }
    report(
      "the tree's console is another port",
      at: .tables(view.tables.place(ofTable: spcr.number)),
      found: ByteText.hex(content.register.address), expected: ByteText.hex(range.first),
      related: [ParityParty("is what the tree says", at: .tree(.property(property)))])
  }

  private static func node(at text: String, in view: GuestView) -> FlattenedTree.Node? {
    let path = String(text.prefix { $0 != ":" })
    if path.hasPrefix("/") { return view.tree.node(at: path) }
    let name = String(path.prefix { $0 != "/" })
    guard let alias = view.tree.root.child("aliases")?.property(name)?.string else { return nil }
    return view.tree.node(at: alias + path.dropFirst(name.count))
  }
}

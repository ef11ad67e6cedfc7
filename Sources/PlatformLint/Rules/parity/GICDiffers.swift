import ACPI
import DeviceTree
import Diagnostics
import GuestView

/// A GIC is where it is, whoever tells of it.
enum GICDiffers: ParityRule {
  static let id = "parity/gic-differs"
  static let severity = Severity.warning
  static let summary = "the tree and APIC put parts of the GIC in different places"
  static let rationale = """
    The distributor, the redistributors or the interfaces of the processors, the ITSs and the frames for messages are \
    nodes and entries of reg in a tree, and entries of APIC in tables.
    """
  static let consequence = """
    a guest that goes by the wrong one finds no interrupt controller and stops, or no messages come
    """
  static let logExample: String? = "GICv3: no distributor detected, giving up"
  static let help = "write the addresses of the VMM into both"
  static let exceptions = """
    How long a region of redistributors is isn't compared: a guest reads on until one says that it is the last.
    """
  static let sources = [
    Source.linux("drivers/irqchip/irq-gic-v3.c", "gic_of_init", "gic_acpi_init"),
    .linux("drivers/irqchip/irq-gic.c", "gic_of_init", "gic_v2_acpi_init"), .acpi("5.2.12.15"),
  ]
  static let goodPairs = [
    ParityExample([TableExamples.virtio()], tables: .none, with: [ParityExamples.madt()])
  ]
  static let badPairs = [
    ParityExample(
      at: ["APIC: entry[0]"], [TableExamples.virtio()], tables: .none,
      with: [ParityExamples.madt(distributor: 0x0801_0000)]),
    ParityExample(
      at: ["APIC"], [TableExamples.virtio()], tables: .none, with: [withoutDistributor]),
    ParityExample(
      at: ["APIC"], in: .pci, [ParityExamples.pciHost()], tables: .none,
      with: [TableExamples.mcfg(), ParityExamples.madt()]),
  ]

  private static let withoutDistributor = TableExample.written { () throws(ACPIError) in
    try MADT([
      .gicc(GICC(uid: 0, mpidr: 0)), .gicr(address: 0x080a_0000, length: 0xf6_0000),
    ]).bytes()
  }

  /// A part of a GIC.
  private enum Part: String, CaseIterable {
    case distributor
    case redistributors
    case processorInterface = "processor interface"
    case its = "ITS"
    case messageFrame = "message frame"
  }

  static func check(_ view: ParityView, _ report: inout ParityReporter) {
    guard let madt = view.tables.madt, let content = madt.content,
      let (gic, places) = Self.parts(of: view.tree)
    else { return }
    var entries: [Part: [(address: UInt64, index: Int)]] = [:]
    for (index, entry) in content.entries.enumerated() {
      let part: (Part, UInt64)?
      switch entry {
      case .gicd(_, let address, _): part = (.distributor, address)
      case .gicr(let address, _): part = (.redistributors, address)
      // What each processor's own entry says instead of a region of its own.
      case .gicc(let gicc) where gicc.redistributor != 0:
        part = (.redistributors, gicc.redistributor)
      case .gicc(let gicc) where gicc.address != 0: part = (.processorInterface, gicc.address)
      case .its(_, let address): part = (.its, address)
      case .gicMSIFrame(_, let address, _, _, _): part = (.messageFrame, address)
      default: part = nil
      }
      if let (part, address) = part { entries[part, default: []].append((address, index)) }
    }
    // Tables for another processor have no part of a GIC at all.
    let isOfGIC = content.entries.contains { if case .gicc = $0 { true } else { false } }
    guard isOfGIC || !entries.isEmpty else { return }
    // With an entry for each processor there is no region to compare.
    let regions = content.entries.contains { if case .gicr = $0 { true } else { false } }
    for part in Part.allCases {
      if part == .redistributors, !regions { continue }
      // A GICv3 has the older interface only for guests within guests, and a tree needn't tell.
      if part == .processorInterface, (places[part] ?? []).isEmpty { continue }
      let (one, other) = (places[part] ?? [], entries[part] ?? [])
      let inTree = Set(one.map(\.address))
      let inTables = Set(other.map(\.address))
      var told: Set<UInt64> = []
      for entry in other where !inTree.contains(entry.address) {
        guard told.insert(entry.address).inserted else { continue }
        let offset =
          content.byteOffsets.indices.contains(entry.index) ? content.byteOffsets[entry.index] : 0
        report(
          "the tree has no \(part.rawValue) there",
          at: .tables(
            TablePlace(
              table: madt.number, node: "APIC", element: "entry[\(entry.index)]",
              byteRange: offset..<(offset + 2))), found: ByteText.hex(entry.address),
          expected: Self.list(one.map(\.address)),
          related: [
            ParityParty("is what the tree has", at: .tree(one.first?.spot ?? .node(gic)))
          ])
      }
      // A part elsewhere is told once.
      guard told.isEmpty else { continue }
      for place in one where !inTables.contains(place.address) {
        report(
          "APIC has no \(part.rawValue) there",
          at: .tables(view.tables.place(ofTable: madt.number)),
          found: Self.list(other.map(\.address)), expected: ByteText.hex(place.address),
          related: [ParityParty("is what the tree has", at: .tree(place.spot))])
      }
    }
  }

  private static func list(_ addresses: [UInt64]) -> String {
    addresses.isEmpty ? "none" : addresses.prefix(8).map(ByteText.hex).joined(separator: ", ")
  }

  private typealias Places = [Part: [(address: UInt64, spot: Spot)]]

  private static func parts(of view: GuestView) -> (FlattenedTree.Node, Places)? {
    var places: Places = [:]
    func add(_ register: RegisterEntry?, _ part: Part) {
      guard let register, let range = register.range else { return }
      places[part, default: []].append(
        (range.first, .element(register.property, register.index, cells: register.cells)))
    }
    let node: FlattenedTree.Node
    if let gic = GICv3.all(in: view).first {
      node = gic.node
      add(gic.registers.first, .distributor)
      for register in gic.redistributors { add(register, .redistributors) }
    } else if let gic = view.nodes(compatibleWithAny: [
      "arm,gic-400", "arm,cortex-a15-gic", "arm,cortex-a7-gic",
    ]).first(where: view.isEnabled) {
      node = gic
      let registers = view.registers(of: gic)
      add(registers.first, .distributor)
      add(registers.dropFirst().first, .processorInterface)
    } else {
      return nil
    }
    for its in view.nodes(compatibleWith: "arm,gic-v3-its") where view.isEnabled(its) {
      add(view.registers(of: its).first, .its)
    }
    for frame in view.nodes(compatibleWith: "arm,gic-v2m-frame") where view.isEnabled(frame) {
      add(view.registers(of: frame).first, .messageFrame)
    }
    return (node, places)
  }
}

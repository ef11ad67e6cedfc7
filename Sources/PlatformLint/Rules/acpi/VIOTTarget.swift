import ACPI
import Diagnostics
import GuestView

/// What VIOT puts devices behind is a virtio-iommu that is there.
enum VIOTTarget: TableRule {
  static let id = "acpi/viot-target"
  static let severity = Severity.error
  static let summary = "VIOT puts a device behind what is no virtio-iommu, or is not there"
  static let rationale = """
    An endpoint of VIOT names the node of an IOMMU by its offset. A virtio-iommu of virtio-mmio is the device \
    whose _CRS has that base, and nothing else; one of PCI is the function of that segment, bus, device and number.
    """
  static let consequence = "the device reaches all of memory, past the IOMMU that was meant for it"
  static let logLine: String? = "Could not find MMIO IOMMU"
  static let help = "write the offset of the IOMMU's node, and the base that its _CRS has"
  static let exceptions = """
    Where no table declares a device, bases are not looked for. Which functions a bus has, no table says: of an IOMMU on \
    PCI the host is looked for whose buses have it.
    """
  static let sources = [
    Source.linux("drivers/acpi/viot.c", "viot_get_iommu", "viot_parse_node"), .acpi("5.2.34"),
  ]
  static func table(iommu: UInt64, output: Int = 0) -> [UInt8] {
    TableExample.written { () throws(ACPIError) in
      try VIOT([
        .mmioIOMMU(base: iommu), .mmioEndpoint(id: 0, base: 0x0a00_0000, output: output),
      ]).bytes()
    }
  }
  static let pair = [
    TableExamples.virtio(),
    TableExamples.virtio("VIO1", uid: 1, base: 0x0a00_0200, interrupt: 49),
  ]
  static let goodTables = [TableExample(pair, with: [table(iommu: 0x0a00_0200)])]
  static let badTables = [
    TableExample(at: ["VIOT: node[0]"], pair, with: [table(iommu: 0x0a00_0400)]),
    TableExample(at: ["VIOT: node[1]"], pair, with: [table(iommu: 0x0a00_0200, output: 1)]),
    TableExample(
      at: ["VIOT: node[0]"], [TableExamples.pciHost()],
      with: [
        TableExamples.mcfg(),
        TableExample.written { () throws(ACPIError) in
          try VIOT([
            .pciIOMMU(segment: 1, bdf: 8),
            .pciRange(firstEndpoint: 0, segments: 0...0, bdfs: 0...0xff, output: 0),
          ]).bytes()
        },
      ]),
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    guard let viot = view.viot, let content = viot.content else { return }
    let bases = Set(view.devices.compactMap { $0.memory.first?.range?.first })
    for (index, node) in content.nodes.enumerated() {
      let place = TablePlace(
        viot: viot.number, node: index,
        at: content.byteOffsets.indices.contains(index) ? content.byteOffsets[index] : 0)
      switch node {
      case .pciRange(_, _, _, let output), .mmioEndpoint(_, _, let output):
        guard content.nodes.indices.contains(output) else { continue }
        switch content.nodes[output] {
        case .pciIOMMU, .mmioIOMMU: continue
        case .pciRange, .mmioEndpoint:
          report(
            "the output node is no IOMMU", at: place, log: .line("No IOMMU node found"))
        }
      case .mmioIOMMU(let base):
        guard !view.devices.isEmpty, !bases.contains(base) else { continue }
        report(
          "no device has this base in its _CRS", at: place, found: ByteText.hex(base))
      case .pciIOMMU(let segment, let bdf):
        guard hasBus(UInt64(bdf >> 8), ofSegment: UInt64(segment), view) == false else { continue }
        report(
          "no PCI host has the bus of this IOMMU", at: place,
          found: "bus \(bdf >> 8) of segment \(segment)",
          log: .line("Could not find PCI IOMMU"))
      }
    }
  }

  /// Whether a host has that bus; nil where a host takes an interpreter, or there is none to be looked at.
  private static func hasBus(
    _ bus: UInt64, ofSegment segment: UInt64, _ view: TablesView
  ) -> Bool? {
    if view.pciHosts.isEmpty { return nil }
    var isUnknown = false
    for host in view.pciHosts where host.device.isPresent {
      guard let own = host.segment, let buses = host.buses?.range else {
        isUnknown = true
        continue
      }
      if own == segment, buses.first <= bus, bus <= buses.last { return true }
    }
    return isUnknown ? nil : false
  }
}

extension TablePlace {
  /// A node of VIOT, by its number.
  init(viot table: Int, node: Int, at offset: Int) {
    self.init(
      table: table, node: "VIOT", element: "node[\(node)]", byteRange: offset..<(offset + 16))
  }
}

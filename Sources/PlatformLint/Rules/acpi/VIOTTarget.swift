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
    whose _CRS has that base, and nothing else.
    """
  static let consequence = "the device reaches all of memory, past the IOMMU that was meant for it"
  static let logLine: String? = "Could not find MMIO IOMMU"
  static let help = "write the offset of the IOMMU's node, and the base that its _CRS has"
  static let exceptions = "Where no table declares a device, bases are not looked for."
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
      case .pciIOMMU: continue
      }
    }
  }
}

extension TablePlace {
  /// A node of VIOT, by its number.
  init(viot table: Int, node: Int, at offset: Int) {
    self.init(
      table: table, node: "VIOT", element: "node[\(node)]", byteRange: offset..<(offset + 16))
  }
}

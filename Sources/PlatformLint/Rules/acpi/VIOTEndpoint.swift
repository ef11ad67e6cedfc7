import ACPI
import Diagnostics
import GuestView

/// An endpoint of VIOT is a device, and one alone.
enum VIOTEndpoint: TableRule {
  static let id = "acpi/viot-endpoint"
  static let severity = Severity.error
  static let summary = "an endpoint of VIOT is no device, or two have one id"
  static let rationale = """
    A device in memory is found by the first address of its first memory resource, exactly. The IOMMU knows devices by \
    their endpoint ids: two that have one id have one set of mappings.
    """
  static let consequence = """
    the device that was meant reaches all of memory; or one device reaches what was mapped for the other
    """
  static let help =
    "write the base that the device's _CRS has, and give each endpoint an id of its own"
  static let exceptions = "Where no table declares a device, bases are not looked for."
  static let sources = [
    Source.linux("drivers/acpi/viot.c", "viot_mmio_dev_iommu_init", "viot_pci_dev_iommu_init"),
    .virtio("5.13"),
  ]
  private static func table(_ nodes: VIOT.Node...) -> [UInt8] {
    TableExample.written { () throws(ACPIError) in
      try VIOT([.mmioIOMMU(base: 0x0a00_0200)] + nodes).bytes()
    }
  }
  private static let endpoint = VIOT.Node.mmioEndpoint(id: 0, base: 0x0a00_0000, output: 0)
  static let goodTables = [TableExample(VIOTTarget.pair, with: [table(endpoint)])]
  static let badTables = [
    TableExample(
      at: ["VIOT: node[1]"], VIOTTarget.pair,
      with: [table(.mmioEndpoint(id: 0, base: 0x0a00_0100, output: 0))]),
    TableExample(
      at: ["VIOT: node[2]"],
      VIOTTarget.pair + [TableExamples.pciHost()],
      with: [
        TableExamples.mcfg(),
        table(
          endpoint, .pciRange(firstEndpoint: 0, segments: 0...0, bdfs: 0...0xff, output: 0)),
      ]),
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    guard let viot = view.viot, let content = viot.content else { return }
    let bases = Set(view.devices.compactMap { $0.memory.first?.range?.first })
    func place(_ index: Int) -> TablePlace {
      TablePlace(
        viot: viot.number, node: index,
        at: content.byteOffsets.indices.contains(index) ? content.byteOffsets[index] : 0)
    }
    // By the IOMMU: each has ids of its own.
    var ranges: [Int: [(range: AddressRange, index: Int)]] = [:]
    for (index, node) in content.nodes.enumerated() {
      switch node {
      case .mmioEndpoint(let id, let base, let output):
        if let range = AddressRange(at: UInt64(id), size: 1) {
          ranges[output, default: []].append((range, index))
        }
        guard !view.devices.isEmpty, !bases.contains(base) else { continue }
        report(
          "no device has this base as its first address", at: place(index),
          found: ByteText.hex(base))
      case .pciRange(let first, let segments, let bdfs, let output):
        let count =
          UInt64(segments.count - 1) << 16 + UInt64(bdfs.count)
        if let range = AddressRange(at: UInt64(first), size: count) {
          ranges[output, default: []].append((range, index))
        }
      case .pciIOMMU, .mmioIOMMU: continue
      }
    }
    for output in ranges.keys.sorted() {
      let ordered = (ranges[output] ?? []).sorted { ($0.range, $0.index) < ($1.range, $1.index) }
      for (one, other) in Overlaps.pairs(among: ordered, by: \.range) {
        let (first, second) = one.index < other.index ? (one, other) : (other, one)
        report(
          "endpoint ids that another node has", at: place(second.index),
          found: "\(second.range.first) to \(second.range.last)",
          related: [
            TableParty(
              "has \(first.range.first) to \(first.range.last)", at: place(first.index))
          ])
      }
    }
  }
}

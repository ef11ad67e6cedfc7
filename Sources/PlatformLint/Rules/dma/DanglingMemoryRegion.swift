import DeviceTree
import Diagnostics
import GuestView

/// Every cell of `memory-region` must name a node.
enum DanglingMemoryRegion: Rule {
  static let id = "dma/dangling-memory-region"
  static let severity = Severity.error
  static let summary = "memory-region names a node that does not exist"
  static let rationale = """
    The kernel looks for a restricted pool among the nodes that memory-region names. A phandle that \
    belongs to no node ends the search, and that is no error to it.
    """
  static let consequence = "the device works, and its DMA may go anywhere in memory"
  static let help = "refer to the pool by its label, so that the phandle can't be wrong"
  static let sources = [
    Source.linux("drivers/of/device.c", "of_dma_set_restricted_buffer"),
    .observed("the device works without its pool, and there is no message"),
  ]
  static let good = [
    Example(
      """
      &disk {
        memory-region = <&bounce>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &disk {
        memory-region = <0x1234>;  // finding
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    // The kernel takes the first pool of the list, and passes over what names nothing.
    let served = Set(view.dmaDevices.filter { $0.attachedPool != nil }.map(\.node.index))
    for property in view.enabledProperties(named: "memory-region")
    where !served.contains(property.node.index) {
      for (index, target) in view.references(in: property).enumerated() where target == nil {
        report(
          "memory-region names no node", at: .element(property, index, cells: index..<(index + 1)),
          found: property.cell(index).map(ByteText.hex), expected: "the phandle of a region")
      }
    }
  }
}

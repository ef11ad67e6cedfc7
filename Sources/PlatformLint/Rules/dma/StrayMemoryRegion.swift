import DeviceTree
import Diagnostics
import GuestView

/// Every entry of `memory-region` should name a region, even where another one is used.
enum StrayMemoryRegion: Rule {
  static let id = "dma/stray-memory-region"
  static let severity = Severity.warning
  static let summary = "an entry of memory-region names no region, beside a pool that is used"
  static let rationale = """
    The kernel takes the first enabled restricted pool of the list and passes over everything else, \
    so the device is confined. The stray entry is a mistake all the same: whoever wrote it meant \
    something by it.
    """
  static let consequence = "the entry is passed over, and the device uses the pool"
  static let help = "remove the entry, or name the region that is meant"
  static let sources = [
    Source.linux("drivers/of/device.c", "of_dma_set_restricted_buffer")
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
        memory-region = <0x77 &bounce>;  // finding
      };
      """),
    Example(
      """
      &disk {
        memory-region = <&memory &bounce>;  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for device in view.dmaDevices where device.attachedPool != nil {
      guard let property = device.memoryRegion else { continue }
      for reference in device.regionReferences where reference.region == nil {
        // A pool that stands elsewhere is reported where it stands.
        if reference.target?.isCompatible("restricted-dma-pool") ?? false { continue }
        report(
          "an entry of memory-region names no region",
          at: .element(property, reference.cell, cells: reference.cell..<(reference.cell + 1)),
          found: reference.target?.path ?? ByteText.hex(reference.phandle),
          expected: "a child of /reserved-memory")
      }
    }
  }
}

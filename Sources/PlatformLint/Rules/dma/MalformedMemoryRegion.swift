import DeviceTree
import Diagnostics
import GuestView

/// `memory-region` must be a list of phandles.
enum MalformedMemoryRegion: Rule {
  static let id = "dma/malformed-memory-region"
  static let severity = Severity.error
  static let summary = "memory-region is no list of phandles"
  static let rationale = """
    The kernel counts the cells of memory-region before it looks at them. A length that is no \
    multiple of 4, or 0, means to it that there is no memory-region.
    """
  static let consequence = "the device works, and its DMA may go anywhere in memory"
  static let logLine: String? = "OF: size of memory-region in node <node> is not a multiple of 4"
  static let help = "write memory-region as a reference to the pool: memory-region = <&pool>"
  static let sources = [
    Source.linux("drivers/of/property.c", "of_property_count_elems_of_size"),
    .linux("drivers/of/device.c", "of_dma_set_restricted_buffer"),
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
        memory-region = [00 00 01];  // finding
      };
      """),
    Example(
      """
      &disk {
        memory-region;  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for property in view.enabledProperties(named: "memory-region")
    where property.count == 0 || property.count % 4 != 0 {
      report(
        "memory-region is no list of phandles", at: .property(property),
        found: ByteText.size(property.count), expected: "one or more cells of 4 bytes")
    }
  }
}

import DeviceTree
import Diagnostics
import GuestView

/// Memory of the secure world is kept out of the kernel's map.
enum FirmwareRegionMapped: Rule {
  static let id = "memory/firmware-region-mapped"
  static let severity = Severity.warning
  static let summary = "a region of secure firmware lacks no-map"
  static let rationale = """
    The processor may read ahead from whatever is mapped. If the memory belongs to the secure \
    world, such an access is refused and reported as an error that nobody caused. A driver that \
    maps the region for itself is refused too.
    """
  static let consequence = """
    accesses that nobody asked for end in an SError, or the driver of the firmware can not map the \
    region
    """
  static let help = "add no-map"
  static let exceptions = "Regions outside memory, and regions whose name does not tell."
  static let sources = [
    Source.binding("reserved-memory/reserved-memory.yaml"),
    .linux("arch/arm64/mm/ioremap.c", "__ioremap_prot"),
  ]
  static let silencedBy: [any Rule.Type] = [MisspeltProperty.self]
  static let good = [
    Example(
      """
      &reserved {
        optee@60000000 {
          reg = <0x0 0x60000000 0x0 0x200000>;
          no-map;
        };
      };

      """)
  ]
  static let bad = [
    Example(
      """
      &reserved {
        optee@60000000 {  // finding
          reg = <0x0 0x60000000 0x0 0x200000>;
        };
      };

      """)
  ]

  /// What the memory of secure firmware is called.
  private static let names = [
    "atf", "bl31", "optee", "optee-core", "optee_core", "op-tee", "secmon", "secure-monitor", "tee",
    "tfa", "trusted-firmware", "tz",
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for region in view.regions where !region.isUnmapped && region.kind == .plain {
      guard names.contains(region.node.baseName) else { continue }
      if let range = region.range, !view.memorySet.isEmpty, !view.memorySet.overlaps(range) {
        continue
      }
      report("the region lacks no-map", at: .node(region.node), expected: "no-map")
    }
  }
}

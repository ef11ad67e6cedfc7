import DeviceTree
import Diagnostics
import GuestView

/// On x86 nothing in /reserved-memory is kept from the kernel.
enum RegionUnreservedOnX86: Rule {
  static let id = "memory/region-unreserved-on-x86"
  static let severity = Severity.error
  static let summary = "the tree of an x86 guest has regions in /reserved-memory"
  static let rationale = """
    An x86 kernel unflattens the tree that it is handed, and registers the regions with it. What would \
    keep them from its allocator is never called on that architecture, so a pool is set up in memory \
    that is in use, and is cleared when its first device attaches.
    """
  static let consequence =
    "the regions are used by everybody, and a pool overwrites what lies in it"
  static let help = "reserve the memory in the map of the firmware (e820), and remove the node"
  static let sources = [
    Source.linux("arch/x86/kernel/devicetree.c", "x86_flattree_get_config"),
    .linux("drivers/of/fdt.c", "early_init_fdt_scan_reserved_mem", "unflatten_device_tree"),
  ]
  static let good = [example("")]
  static let bad = [
    example(
      """

        reserved-memory {  // finding
          #address-cells = <2>;
          #size-cells = <2>;
          ranges;
          firmware@50000000 {
            reg = <0x0 0x50000000 0x0 0x800000>;
          };
        };
      """)
  ]

  private static func example(_ region: String) -> Example {
    Example(
      in: .none,
      """
      / {
        #address-cells = <2>;
        #size-cells = <2>;
        memory@0 {
          device_type = "memory";
          reg = <0x0 0x0 0x0 0x80000000>;
        };\(region)
        cpus {
          #address-cells = <1>;
          #size-cells = <0>;
          cpu@0 {
            device_type = "cpu";
            compatible = "intel,ce4100";
            reg = <0>;
          };
        };
      };
      """)
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard view.architecture == .x86, let reserved = view.reservedMemory,
      let region = view.regions.first
    else { return }
    report(
      "no region is reserved on x86", at: .node(reserved.node), expected: "no /reserved-memory",
      related: [Party("is not reserved", at: .node(region.node))])
  }
}

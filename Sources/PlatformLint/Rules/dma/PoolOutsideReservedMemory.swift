import DeviceTree
import Diagnostics
import GuestView

/// A pool must be a child of `/reserved-memory`.
enum PoolOutsideReservedMemory: Rule {
  static let id = "dma/pool-outside-reserved-memory"
  static let severity = Severity.error
  static let summary = "a restricted pool is not a child of /reserved-memory"
  static let rationale = """
    The kernel looks for regions among the children of /reserved-memory, found by this path at the \
    root. A pool elsewhere is a node like any other: nothing is reserved for it.
    """
  static let consequence = """
    the pool does not exist: its memory stays ordinary, and devices that refer to it use all of memory
    """
  static let logLine: String? = "failed to initialise \"restricted-dma-pool\" memory node"
  static let help = "move the pool into /reserved-memory"
  static let sources = [
    Source.linux("drivers/of/of_reserved_mem.c", "fdt_scan_reserved_mem", "of_reserved_mem_lookup"),
    .observed("the pool is never reserved and the device uses all of memory"),
  ]
  static let good = [
    Example(
      """
      &reserved {
        restricted-dma-pool@60000000 {
          compatible = "restricted-dma-pool";
          reg = <0x0 0x60000000 0x0 0x400000>;
        };
      };
      &disk {
        memory-region = <&{/reserved-memory/restricted-dma-pool@60000000}>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      / {
        pool: pool {  // finding
          compatible = "restricted-dma-pool";
          size = <0x0 0x400000>;
        };
      };
      &disk {
        memory-region = <&pool>;
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for node in view.nodes(compatibleWith: "restricted-dma-pool") {
      guard view.isEnabled(node), view.reservedMemory?.region(of: node) == nil else { continue }
      report(
        "the pool is not a child of /reserved-memory", at: .node(node), found: node.path,
        expected: "/reserved-memory/\(node.name)")
    }
  }
}

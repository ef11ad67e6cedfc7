import DeviceTree
import Diagnostics
import GuestView

/// A pool is either restricted or shared.
enum PoolOfTwoKinds: Rule {
  static let id = "dma/pool-of-two-kinds"
  static let severity = Severity.error
  static let summary = "a region says that it is both a restricted and a shared pool"
  static let rationale = """
    The handler of shared pools is asked first and takes the region. The device then attaches what \
    it believes to be a restricted pool, and the attachment fails.
    """
  static let consequence = "no pool is attached, and devices that refer to it use all of memory"
  static let logLine: String? = "failed to initialise \"restricted-dma-pool\" memory node"
  static let help = "make it two regions, or keep one of the two names"
  static let sources = [
    Source.linux("drivers/of/of_reserved_mem.c", "__reserved_mem_init_node"),
    .observed("a warning in memremap, and the device uses all of memory"),
  ]
  static let good = [
    Example(
      """
      &bounce {
        compatible = "restricted-dma-pool";
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &bounce {
        compatible = "restricted-dma-pool", "shared-dma-pool";  // finding
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for region in view.restrictedPools where region.saysSharedPool {
      guard let compatible = region.node.property("compatible") else { continue }
      report(
        "the region says that it is two kinds of pool", at: .property(compatible),
        found: compatible.strings.map { $0.map { "\"\($0)\"" }.joined(separator: ", ") },
        expected: "\"restricted-dma-pool\" or \"shared-dma-pool\"")
    }
  }
}

import DeviceTree
import Diagnostics
import GuestView

/// With SWIOTLB_DYNAMIC, `swiotlb=noforce` leaves a restricted pool without a single slot.
enum BouncingOffForGrowingPools: Rule {
  static let id = "guest/bouncing-off-for-growing-pools"
  static let severity = Severity.error
  static let summary =
    "bootargs has swiotlb=noforce, there is a restricted pool, and the kernel has SWIOTLB_DYNAMIC"
  static let rationale = """
    With the parameter the kernel sets up no default pool for bouncing, and the number of its areas stays 0. Built with \
    CONFIG_SWIOTLB_DYNAMIC, it looks through that many areas of every pool: through none of a restricted pool either.
    """
  static let consequence = "every allocation from the pool fails, and its devices don't come up"
  static let logLine: String? = "swiotlb buffer is full"
  static let help =
    "remove swiotlb=noforce from bootargs, or build the kernel without SWIOTLB_DYNAMIC"
  static let sources = [
    Source.linux("kernel/dma/swiotlb.c", "swiotlb_find_slots", "swiotlb_init_remap")
  ]
  static let needs: Inputs = [.tree, .guestConfiguration]
  static let good = [
    example(GuestExamples.kernel(with: [.swiotlbDynamic]), "console=ttyAMA0", ""),
    example(GuestExamples.kernel(), "swiotlb=noforce", ""),
  ]
  static let bad = [
    example(
      GuestExamples.kernel(with: [.swiotlbDynamic]), "swiotlb=noforce", "  // finding")
  ]

  private static func example(
    _ guest: GuestConfiguration, _ text: String, _ marker: String
  ) -> Example {
    Example(
      guest: guest,
      """
      &chosen {
        bootargs = "\(text)";\(marker)
      };
      """)
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let guest = view.guest, guest.has(.swiotlbDynamic), let pool = view.restrictedPools.first,
      let commandLine = view.commandLine, let parameter = commandLine.bouncingOff
    else { return }
    report(
      "the command line turns bouncing off, and \(guest.name) has pools that grow",
      at: .property(commandLine.property), found: parameter.text,
      related: [Party("is a restricted pool", at: .node(pool.node))])
  }
}

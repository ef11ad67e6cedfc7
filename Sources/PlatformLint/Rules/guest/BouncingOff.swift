import DeviceTree
import Diagnostics
import GuestView

/// `swiotlb=noforce` can leave a restricted pool without a single slot.
enum BouncingOff: Rule {
  static let id = "guest/bouncing-off"
  static let severity = Severity.warning
  static let summary = "bootargs has swiotlb=noforce, and there is a restricted pool"
  static let rationale = """
    With the parameter the kernel sets up no default pool for bouncing. If it was built with \
    CONFIG_SWIOTLB_DYNAMIC, it then looks for slots in none of the areas of a restricted pool \
    either.
    """
  static let consequence =
    "every allocation from the pool fails, depending on how the kernel was built"
  static let logLine: String? = "swiotlb buffer is full"
  static let help = "remove swiotlb=noforce from bootargs"
  static let exceptions = """
    Kernels of which it is known how they were built: guest/bouncing-off-for-growing-pools is about those.
    """
  static let sources = [
    Source.linux("kernel/dma/swiotlb.c", "swiotlb_find_slots", "swiotlb_init_remap")
  ]
  static let good = [
    example("swiotlb=force", ""), example("swiotlb=65536,noforce,1", ""),
    example("console=ttyAMA0 -- swiotlb=noforce", ""),
  ]
  static let bad = [
    example("console=ttyAMA0 swiotlb=noforce", "  // finding"),
    example("swiotlb=65536,noforce", "  // finding"),
  ]

  private static func example(_ text: String, _ marker: String) -> Example {
    Example(
      """
      &chosen {
        bootargs = "\(text)";\(marker)
      };
      """)
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    // Of a kernel that is known another rule says it, or there is nothing to say.
    guard view.guest == nil, let pool = view.restrictedPools.first,
      let commandLine = view.commandLine,
      let parameter = commandLine.bouncingOff
    else { return }
    report(
      "the command line turns bouncing off", at: .property(commandLine.property),
      found: parameter.text,
      related: [Party("is a restricted pool", at: .node(pool.node))])
  }
}

import DeviceTree
import Diagnostics
import GuestView

/// A kernel has to be for the machine, and to read trees.
enum KernelWithoutTree: Rule {
  static let id = "guest/kernel-without-tree"
  static let severity = Severity.error
  static let summary = "the kernel is for another processor, or reads no device trees"
  static let rationale = """
    Everything that is said of this tree and this kernel together would be wrong. Debian's kernels for \
    x86_64 are built without CONFIG_OF.
    """
  static let consequence = "the guest doesn't start, or knows nothing of what the tree describes"
  static let help = "give the configuration of the kernel that this guest boots"
  static let sources = [Source.linux("drivers/of/Kconfig")]
  static let needs: Inputs = [.tree, .guestConfiguration]

  static let good = [Example(guest: GuestExamples.kernel(), "/ { };")]
  static let bad = [
    Example(
      guest: GuestExamples.kernel(architecture: .riscv64),
      """
      / {  // finding
      };
      """),
    Example(
      guest: GuestExamples.kernel(without: [.of]),
      """
      / {  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let guest = view.guest else { return }
    if !guest.has(.of) {
      report(
        "\(guest.name) reads no device trees", at: .node(view.tree.root),
        found: "CONFIG_OF is not set")
    } else if let processor = guest.architecture, let architecture = view.architecture,
      processor != architecture
    {
      report(
        "\(guest.name) is for another processor", at: .node(view.tree.root),
        found: "\(processor)", expected: "\(architecture)")
    }
  }
}

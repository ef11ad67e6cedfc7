import DeviceTree
import Diagnostics
import GuestView

/// An arm64 kernel maps 2 MiB for its device tree.
enum TreeTooLarge: Rule {
  static let id = "guest/tree-too-large"
  static let severity = Severity.error
  static let summary = "the device tree says that it is larger than 2 MiB"
  static let rationale = """
    Before it has any memory, an arm64 kernel maps the device tree where it has set 2 MiB of addresses \
    aside. It goes by the size in the header, so room that was left for later counts too.
    """
  static let consequence = "the CPU spins before there is any console but an early one"
  static let logLine: String? =
    "The dtb must be 8-byte aligned and must not exceed 2 MB in size"
  static let help = "pack the tree, as fdtput and dtc do, or leave less room in it"
  static let exceptions = """
    Other architectures. At which address the tree is loaded, which has to be a multiple of 8, is the \
    boot loader's matter and can't be seen in it.
    """
  static let sources = [
    Source.linux("arch/arm64/mm/fixmap.c", "fixmap_remap_fdt"),
    .linux("arch/arm64/kernel/setup.c", "setup_machine_fdt"),
    .observed("the boot hangs without a line"),
  ]
  static let good = [Example("/ {\n  model = \"small\";\n};")]
  static let bad = [
    Example(
      """
      / {  // finding
        padding = /incbin/("/dev/zero", 0, 0x200000);
      };
      """)
  ]

  /// `MAX_FDT_SIZE`.
  private static let most = 2 << 20

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let size = view.tree.header.totalSize
    guard view.architecture == .arm64, size > most else { return }
    report(
      "the header says that the tree is larger than the kernel can map",
      at: .node(view.tree.root), found: ByteText.hexAndSize(size),
      expected: "at most \(ByteText.hexAndSize(most))")
  }
}

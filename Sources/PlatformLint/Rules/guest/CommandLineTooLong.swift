import DeviceTree
import Diagnostics
import GuestView

/// The kernel keeps so much of its command line and no more.
enum CommandLineTooLong: Rule {
  static let id = "guest/command-line-too-long"
  static let severity = Severity.warning
  static let summary = "bootargs is longer than the kernel keeps"
  static let rationale = """
    An arm64 kernel has room for 2048 bytes of command line, its NUL included, and one for RISC-V \
    for 1024. What is beyond is cut off, and the parameters at the end are lost.
    """
  static let consequence = "the end of the command line is ignored, without a word"
  static let help = "shorten bootargs"
  static let exceptions = "Trees that do not tell their architecture."
  static let sources = [
    Source.linux("arch/arm64/include/uapi/asm/setup.h", "COMMAND_LINE_SIZE"),
    .linux("arch/riscv/include/uapi/asm/setup.h", "COMMAND_LINE_SIZE"),
    .linux("drivers/of/fdt.c", "early_init_dt_scan_chosen"),
  ]
  static let good = [example("console=ttyAMA0", "")]
  static let bad = [
    example(
      (0..<128).map { "parameter.\(100 + $0)=\($0)" }.joined(separator: " "), "  // finding")
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
    guard let architecture = view.architecture,
      let property = view.tree.root.child("chosen")?.property("bootargs")
    else { return }
    let most = architecture == .arm64 || architecture == .x86 ? 2048 : 1024
    guard property.count > most else { return }
    report(
      "the command line is cut off", at: .property(property),
      found: "\(property.count) bytes", expected: "at most \(most), its NUL included")
  }
}

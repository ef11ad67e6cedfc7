import DeviceTree
import Diagnostics
import GuestView

/// CONFIG_CMDLINE_FORCE replaces what the tree says.
enum BootargsReplaced: Rule {
  static let id = "guest/bootargs-replaced"
  static let severity = Severity.warning
  static let summary = "the kernel has a command line of its own, and bootargs is not read"
  static let rationale = """
    With CONFIG_CMDLINE_FORCE the kernel takes CONFIG_CMDLINE in place of what its loader wrote into the \
    tree.
    """
  static let consequence = "no parameter of bootargs has any effect"
  static let help = "build the kernel without CONFIG_CMDLINE_FORCE, or leave bootargs out"
  static let sources = [Source.linux("drivers/of/fdt.c", "early_init_dt_scan_chosen")]
  static let needs: Inputs = [.tree, .guestConfiguration]

  static let good = [example(GuestExamples.kernel(), "")]
  static let bad = [example(GuestExamples.kernel(with: [.cmdlineForce]), "  // finding")]

  private static func example(_ guest: GuestConfiguration, _ marker: String) -> Example {
    Example(
      guest: guest,
      """
      &chosen {
        bootargs = "console=ttyAMA0";\(marker)
      };
      """)
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let guest = view.guest, guest.has(.cmdlineForce), let commandLine = view.commandLine,
      !commandLine.parameters.isEmpty
    else { return }
    report(
      "\(guest.name) does not read bootargs", at: .property(commandLine.property),
      found: "CONFIG_CMDLINE_FORCE=y")
  }
}

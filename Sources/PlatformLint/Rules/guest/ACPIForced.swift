import DeviceTree
import Diagnostics
import GuestView

/// `acpi=on` and `acpi=force` turn the device tree off.
enum ACPIForced: Rule {
  static let id = "guest/acpi-forced"
  static let severity = Severity.warning
  static let summary = "the command line prefers ACPI to the tree that it stands in"
  static let rationale = """
    An arm64 kernel takes ACPI only if the tree has nothing but /chosen, or if it is told to. With ACPI \
    no node becomes a device, and regions of /reserved-memory are reserved but not registered, so that \
    nobody can attach a pool. With acpi=force that holds even where there are no tables.
    """
  static let consequence =
    "if the firmware has ACPI tables, the devices and pools of the tree are ignored"
  static let logLine: String? = nil
  static let help = "remove acpi= from bootargs, or the devices from the tree"
  static let exceptions = "Other architectures; and trees without any device."
  static let sources = [
    Source.linux("arch/arm64/kernel/acpi.c", "acpi_boot_table_init", "dt_is_stub"),
    .linux("arch/arm64/kernel/setup.c", "setup_arch"),
    .linux("drivers/of/of_reserved_mem.c", "fdt_scan_reserved_mem_reg_nodes"),
  ]
  static let good = [example("console=ttyAMA0 acpi=off", "")]
  static let bad = [
    example("console=ttyAMA0 acpi=on", "  // finding"), example("acpi=force", "  // finding"),
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
    guard view.architecture == .arm64, let commandLine = view.commandLine,
      let device = view.dmaDevices.first
    else { return }
    // Each word sets a switch of its own, and off goes before the others.
    let words = commandLine.parameters.filter { $0.name == "acpi" }
    guard !words.contains(where: { $0.value == "off" }),
      let word = words.first(where: { $0.value == "force" })
        ?? words.first(where: { $0.value == "on" })
    else { return }
    report(
      word.value == "force"
        ? "the command line turns the tree off, whether there are ACPI tables or not"
        : "the command line turns the tree off where there are ACPI tables",
      at: .property(commandLine.property), found: word.text,
      related: [Party("is a device of the tree", at: .node(device.node))])
  }
}

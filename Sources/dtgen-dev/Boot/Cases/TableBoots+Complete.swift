import ACPI
import PlatformLint

extension TableBoots {
  private static let function = "0000:00:02.0"

  /// Mistakes in complete sets of tables; the same set without it has to work.
  static let inCompleteSets = [
    incomplete(
      "function-in-no-segment", of: "acpi/host-without-ecam", .bytes([3, 0], at: 52, of: "MCFG"),
      states: false, .absent(function), .logs("ECAM region not found")),
    incomplete(
      "configuration-space-of-nobody", of: "acpi/ecam-not-reserved",
      .replacement(
        [0x00, 0x00, 0x00, 0x10, 0x40, 0, 0, 0, 0xff, 0xff, 0xff, 0x1f, 0x40, 0, 0, 0],
        with: [0x00, 0x00, 0x00, 0x10, 0x41, 0, 0, 0, 0xff, 0xff, 0xff, 0x1f, 0x41, 0, 0, 0],
        of: "DSDT"), states: false, .works(function),
      .logs(
        "[Firmware Bug]: ECAM area [mem 0x4010000000-0x401fffffff] not reserved in ACPI namespace")),
    incomplete(
      "host-by-its-own-id-alone", of: "acpi/host-without-compatible-id",
      .replacement(Array("_CID".utf8), with: Array("XCID".utf8), of: "DSDT"), states: false,
      .absent(function), .logs("platform PNP0A08:00: failed to claim resource")),
    incomplete(
      "processors-without-psci", of: "acpi/psci-missing", .bytes([0, 0], at: 129, of: "FACP"),
      states: false, .cpus(1), .logs("Unsupported ACPI enable-method")),
    incomplete(
      "timer-of-no-interrupt", of: "acpi/timer-without-interrupt",
      .bytes([UInt8](repeating: 0, count: 24), at: 48, of: "GTDT"), .hangs),
    incomplete(
      "not-reduced", of: "acpi/fadt-not-reduced", .bytes([0, 0, 0, 0], at: 112, of: "FACP"),
      .panics),
    incomplete(
      "fadt-of-old", of: "acpi/fadt-revision", .bytes([4], at: 8, of: "FACP"), states: false,
      .works(function), .logs("[Firmware Bug]: Unsupported FADT revision 4.5, should be 5.1+"),
      .logs("FADT has ARM boot flags set, assuming 5.1")),
    incomplete(
      "gic-of-no-version", of: "acpi/gic-incomplete", .bytes([9], at: 64, of: "APIC"),
      states: false,
      .panics, .logs("Unable to handle kernel NULL pointer dereference")),
    incomplete(
      "processor-of-no-type", of: "acpi/unknown-part", .bytes([0x30], at: 148, of: "APIC"),
      .cpus(1)),
  ]

  private static let machine = GuestMachine.uefi.cpus(2).options("gic-version=3,acpi=off").early

  private static func tables(_ damage: BootTables.Damage?) -> BootTree {
    .tables(
      BootTables(
        source: .fixture("acpi-complete", machine: "qemu"), damage: damage, way: .firmware))
  }

  private static func incomplete(
    _ name: String, of rule: String, _ damage: BootTables.Damage, states: Bool = true,
    _ expectations: Prediction...
  ) -> BootCase {
    let devices = disks(0...1) + [.pci(.block, "2")]
    let stated = states ? [BootCase.stated(by: RuleCatalogue.rule(rule))] : []
    return BootCase(
      name: "acpi/\(name)", tree: tables(damage), machine: machine, devices: devices,
      expectations: expectations + stated, rule: rule,
      twin: BootCase.TwinKey(tree: tables(nil), machine: machine, devices: devices))
  }
}

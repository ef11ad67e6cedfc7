import ACPI
import PlatformLint

extension TableBoots {
  private static let device = "PRP0001:00"
  /// What Linux says of a device that it can't find a driver for.
  private static let notFound = "\\_SB_.D000: PRP0001 requires 'compatible' property"

  /// A disk with one mistake each; the same guest without it has to work.
  static let mistakes = described + inTerms + inAML + onTheWay + onX86

  private static let described = [
    bad(
      "no-properties", of: "acpi/prp0001-without-compatible",
      .described(.arm64, line + ".omitting(\"_DSD\")"), .absent(device),
      .logs(notFound)),
    bad(
      "compatible-misspelt", of: "acpi/misspelt-id",
      .described(.arm64, TableTerms.node(on: .uefi, compatible: "virtio-mmio")), .absent(device)),
    bad(
      "no-interrupt", of: "acpi/interrupt-unusable",
      .described(.arm64, TableTerms.node(on: .uefi, hasInterrupt: false)),
      .driverless(device), .logs("virtio-mmio PRP0001:00: error -ENXIO: IRQ index 0 not found")),
    bad(
      "wrong-interrupt",
      .described(.arm64, TableTerms.line(on: .uefi, interrupt: ".spi(20, .levelHigh)")),
      .stuck(device), .silent),
    bad(
      "no-resources", of: "acpi/window-unusable", .described(.arm64, line + ".omitting(\"_CRS\")"),
      .absent(device),
      .logs("virtio-mmio PRP0001:00: error -EINVAL: invalid resource (null)")),
    bad(
      "window-of-no-device", .described(.arm64, TableTerms.node(on: .uefi, window: 5)),
      .absent(device), .silent),
    bad(
      "no-coherency", of: "acpi/cca-missing", .described(.arm64, line + ".omitting(\"_CCA\")"),
      .driverless(device),
      .logs("virtio-mmio PRP0001:00: Failed to enable 64-bit or 32-bit DMA"),
      .logs("virtio_blk virtio0: probe with driver virtio_blk failed with error -12")),
    bad(
      "name-of-another", .described(.arm64, line + ".named(\"VR00\")"), hidden: [],
      .absent(device), .works("LNRO0005:00"),
      .logs("Failure creating named object [\\_SB.VR00], AE_ALREADY_EXISTS")),
    bad(
      "twin-not-hidden", .described(.arm64, line), hidden: [], .absent(device),
      .works("LNRO0005:00"),
      .logs("virtio-mmio PRP0001:00: error -EBUSY: can't request region for resource")),
  ]

  private static let inTerms = [
    bad(
      "wrong-uuid", of: "acpi/prp0001-without-compatible",
      .terms(TableTerms.disk(on: .uefi, uuid: "daffd814-6eba-4d8c-8a91-bc9bbf4aa302")),
      .absent(device), .logs(notFound)),
    bad(
      "malformed-property", of: "acpi/properties-malformed",
      .terms(
        TableTerms.disk(
          on: .uefi, properties: TableTerms.properties + [.package([.string("alone")])])),
      .absent(device), .logs(notFound)),
    bad(
      "two-of-one-window", of: "acpi/window-claimed-twice",
      .terms(
        TableTerms.disk(on: .uefi) + TableTerms.disk(on: .uefi, name: "D001")), .works(device),
      .logs("virtio-mmio PRP0001:01: error -EBUSY: can't request region for resource")),
    bad(
      "name-twice", of: "acpi/name-taken",
      .terms(TableTerms.disk(on: .uefi) + TableTerms.disk(on: .uefi)), .works(device)),
    bad(
      "interrupt-between-processors", of: "acpi/gsi-out-of-range",
      .terms(TableTerms.disk(on: .uefi, interrupt: 1)), states: false, .driverless(device),
      .logs("[Firmware Bug]: Illegal GSI1 translation request")),
    bad(
      "status-without-return", of: "acpi/return-missing",
      .terms(TableTerms.disk(on: .uefi, statusMethod: [.store(.integer(15), into: .local(0))])),
      .absent(device)),
    bad(
      "status-of-zero", of: "acpi/device-not-present",
      .terms(TableTerms.disk(on: .uefi, status: 0)), .absent(device), .silent),
  ]

  private static let onTheWay = [
    bad(
      "bad-checksum", of: "acpi/checksum-wrong", .described(.arm64, line), damage: .checksum,
      .absent(device)),
    bad(
      "bad-length", of: "acpi/table-header-malformed", .described(.arm64, line), damage: .length,
      .absent(device),
      .logs("ACPI OVERRIDE: File length does not match table length")),
    bad(
      "archive-compressed", .described(.arm64, line), damage: .compression,
      .doesNotLog("ACPI table found in initrd"), .absent(device)),
    // A disk that says edge, of a line that another device said is a level.
    bad(
      "trigger-of-another", of: "acpi/gsi-shared",
      .described(
        .arm64,
        "ACPIDevice(\"DTGN0002\", interrupts: [.spi(16, .levelHigh)])\n"
          + TableTerms.line(on: .uefi, interrupt: ".spi(16, .edgeRising)")),
      .driverless(device), .logs("irq: type mismatch, failed to map hwirq-48")),
  ]

  private static let onX86 = [
    bad(
      "no-such-interrupt-microvm", of: "acpi/gsi-out-of-range",
      .described(.x86_64, TableTerms.line(on: .microvm, interrupt: ".gsi(300, .levelHigh)")),
      on: .microvm, .driverless(device),
      .logs("virtio-mmio PRP0001:00: error -EINVAL: IRQ index 0 not found")),
    works(
      "acpi/no-coherency-microvm",
      BootTables(
        source: .described(.x86_64, TableTerms.line(on: .microvm) + ".omitting(\"_CCA\")"),
        hidden: [0]), on: .microvm, disks(0...0), [.works(device)]),
  ]

  private static let line = TableTerms.line(on: .uefi)

  static func bad(
    _ name: String, of rule: String? = nil, _ source: BootTables.Source, hidden: [Int] = [0],
    damage: BootTables.Damage? = nil, others: [[UInt8]] = [],
    on machine: GuestMachine = .uefi, states: Bool = true,
    _ expectations: Prediction...
  ) -> BootCase {
    var expectations = expectations
    // What a rule says of one processor isn't logged by another.
    if let rule, states { expectations.append(BootCase.stated(by: RuleCatalogue.rule(rule))) }
    return BootCase(
      name: "acpi/\(name)",
      tree: .tables(BootTables(source: source, hidden: hidden, damage: damage, others: others)),
      machine: machine,
      devices: disks(0...0), expectations: expectations, rule: rule,
      twin: BootCase.TwinKey(
        tree: .tables(
          BootTables(
            source: .described(machine.architecture, TableTerms.line(on: machine)), hidden: [0])),
        machine: machine, devices: disks(0...0)))
  }
}

import ACPI

/// Guests that are told of their devices by ACPI tables of ours, on Debian's own kernels: tables of platforms
/// in `fixtures/platforms`, and the same disk with one mistake each.
enum TableBoots {
  /// The boots.
  static let all = fixtures + complete + forms + mistakes + inCompleteSets + handedOver

  /// Linux counts the devices of an id, in hexadecimal, and those of QEMU's own tables are before ours: 32 of
  /// its `virt` machine, and one for each device of its `microvm`.
  private static let fixtures = [
    works(
      "acpi-virtio-mmio/virt",
      BootTables(
        source: .fixture("acpi-virtio-mmio", machine: "virt"), hidden: Array(0...4)),
      on: .uefi, disks(0...4), everyForm + [.works("LNRO0005:20")]),
    works(
      "acpi-virtio-mmio/microvm",
      BootTables(
        source: .fixture("acpi-virtio-mmio", machine: "microvm"), hidden: Array(0...4)),
      on: .microvm, disks(0...4), everyForm + [.works("LNRO0005:05")]),
    works(
      "acpi-lnro0005/guest",
      BootTables(source: .fixture("acpi-lnro0005", machine: "guest"), hidden: Array(0...3)),
      on: .uefi.cpus(2), [.mmio(.block, 0), .mmio(.block, 1), .mmio(.network, 2)],
      [
        .works("LNRO0005:20"), .works("LNRO0005:21"), .works("LNRO0005:22"),
        // Of the fourth, in memory that QEMU's machine hasn't, and of the last, in a window with nothing in it,
        // nothing can be expected.
      ]),
    works(
      "x86_64/microvm",
      BootTables(source: .fixture("x86_64", machine: "microvm"), hidden: Array(0...4)),
      on: .microvm.cpus(2).mebibytes(1024), disks(0...3) + [.mmio(.network, 4)],
      [
        .cpus(2), .works("PRP0001:00"), .works("PRP0001:01"), .works("PRP0001:02"),
        .works("PRP0001:03"), .works("LNRO0005:05"),
      ]),
  ]

  /// Guests in which ours are all tables that there are.
  private static let complete = [
    works(
      "acpi-complete/qemu",
      BootTables(source: .fixture("acpi-complete", machine: "qemu"), way: .firmware),
      on: .uefi.cpus(2).options("gic-version=3,acpi=off"), disks(0...1) + [.pci(.block, "2")],
      [
        .cpus(2), .works("LNRO0005:00"), .works("PRP0001:00"), .works("0000:00:02.0"),
        .logs("ACPI: DSDT * (v02 DTGEN  DEVICES"),
        .logs("ACPI: SPCR: console: pl011,mmio32,0x9000000"),
        .logs("psci: PSCIv1.1 detected in firmware."),
      ]),
    works(
      "acpi-complete/qemu-gicv2",
      BootTables(source: .fixture("acpi-complete", machine: "qemu-gicv2"), way: .firmware),
      on: .uefi.cpus(2).options("gic-version=2,acpi=off"), disks(0...0) + [.pci(.block, "2")],
      [.cpus(2), .works("LNRO0005:00"), .works("0000:00:02.0")]),
    works(
      "acpi-complete/qemu-smmu",
      BootTables(source: .fixture("acpi-complete", machine: "qemu-smmu"), way: .firmware),
      on: .uefi.cpus(2).options("gic-version=3,iommu=smmuv3,acpi=off"), [.pci(.block, "2")],
      [.cpus(2), .translated("0000:00:02.0")]),
  ]

  private static let everyForm: [Prediction] = [
    .works("PRP0001:00"), .works("PRP0001:01"), .works("PRP0001:02"), .works("DTGN0001:00"),
  ]

  /// What no noun writes, and works all the same.
  private static let forms = [GuestMachine.uefi, .microvm].flatMap { machine in
    [
      works(
        "acpi-form/quad-word-\(machine.board)",
        BootTables(source: .terms(TableTerms.disk(on: machine, isWide: true)), hidden: [0]),
        on: machine, disks(0...0), [.works("PRP0001:00")]),
      works(
        "acpi-form/without-uid-\(machine.board)",
        BootTables(source: .described(machine.architecture, uid(machine)), hidden: [0]),
        on: machine, disks(0...0), [.works("PRP0001:00")]),
    ]
  }

  /// A table that QEMU puts beside its own, for a machine whose disk is on PCI.
  private static let handedOver = [
    works(
      "acpi-form/acpitable-q35",
      BootTables(
        source: .described(
          .x86_64,
          "ACPIDevice(\"PRP0001\") { Property(\"compatible\", \"example,sensor\") }"),
        way: .acpiTable), on: .q35, [.pci(.block, "2")],
      [.works("0000:00:02.0"), .logs("ACPI: SSDT * (v02 DTGEN  DEVICES")])
  ]

  private static func uid(_ machine: GuestMachine) -> String {
    TableTerms.line(on: machine) + ".omitting(\"_UID\")"
  }

  static func disks(_ slots: ClosedRange<Int>) -> [GuestDevice] { slots.map { .mmio(.block, $0) } }

  static func works(
    _ name: String, _ tables: BootTables, on machine: GuestMachine, _ devices: [GuestDevice],
    _ expectations: [Prediction]
  ) -> BootCase {
    BootCase(
      name: name, tree: .tables(tables), machine: machine, devices: devices,
      expectations: expectations)
  }
}

import ACPI

/// What tables say of the small guests that trees of examples are laid over.
enum ParityExamples {
  /// The window above 4 GiB of the PCI host.
  static let highWindow: ResourceDescriptor = .addressSpace(
    AddressSpaceDescriptor(
      .quadWord, .memory(.nonCacheable), minimum: 0x80_0000_0000, length: 0x80_0000_0000))

  /// The PCI host; `windows` stand for its own where they are given.
  static func pciHost(
    buses: ClosedRange<UInt8> = 0...255, windows: [ResourceDescriptor]? = nil, more: [Term] = []
  ) -> Term {
    let own = [TableExamples.pciWindow(length: 0x2000_0000), highWindow]
    return TableExamples.pciHost(
      resources: [TableExamples.buses(buses)] + (windows ?? own), more: more)
  }

  /// The serial port.
  static let serial: Term = .device(
    "COM0",
    [
      .name("_HID", .string("ARMH0011")), .name("_UID", .integer(0)),
      .name(
        "_CRS",
        .resources([
          TableExamples.window(0x0900_0000, length: 0x1000), TableExamples.line(33, .levelHigh),
        ])),
    ])

  /// A DSDT with these objects in `\_SB`.
  static func dsdt(_ terms: [Term]) -> [UInt8] {
    TableExample.written { () throws(ACPIError) in
      try DefinitionBlock(
        TableHeader("DSDT", revision: 2, oemTableID: "EXAMPLE"), [.scope("\\_SB", terms)]
      ).bytes()
    }
  }

  /// APIC of the guest, with what its one processor and the parts of its GIC are.
  static func madt(
    _ entries: [MADTEntry] = [.gicr(address: 0x080a_0000, length: 0xf6_0000)],
    distributor: UInt64 = 0x0800_0000, processor: UInt64 = 0
  ) -> [UInt8] {
    TableExample.written { () throws(ACPIError) in
      try MADT(
        [
          .gicd(id: 0, address: distributor, version: 3),
          .gicc(GICC(uid: 0, mpidr: processor)),
        ] + entries
      ).bytes()
    }
  }
}

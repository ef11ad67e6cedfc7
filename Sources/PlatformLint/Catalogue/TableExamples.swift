import ACPI

/// Parts that several examples of tables are made of.
enum TableExamples {
  /// A virtio-mmio device as every VMM has it; `parts` stand for the usual ones where they are given.
  static func virtio(
    _ name: NamePath = "VIO0", uid: UInt64 = 0, base: UInt32 = 0x0a00_0000, interrupt: UInt32 = 48,
    id: Term = .string("LNRO0005"), coherency: Term? = .integer(1),
    resources: [ResourceDescriptor]? = nil, more: [Term] = []
  ) -> Term {
    var parts: [Term] = [.name("_HID", id), .name("_UID", .integer(uid))]
    if let coherency { parts.append(.name("_CCA", coherency)) }
    parts.append(
      .name("_CRS", .resources(resources ?? [window(base), line(interrupt)])))
    return .device(name, parts + more)
  }

  /// A device that is found by its `compatible`.
  static func byCompatible(
    _ properties: Term?, base: UInt32 = 0x0a00_0000, more: [Term] = []
  ) -> Term {
    virtio(base: base, id: .string("PRP0001"), more: (properties.map { [$0] } ?? []) + more)
  }

  /// `_DSD` with these properties.
  static func properties(_ properties: (name: String, value: Term)...) -> Term {
    .deviceProperties(properties)
  }

  /// The window of a transport of virtio-mmio.
  static func window(_ base: UInt32, length: UInt32 = 0x200) -> ResourceDescriptor {
    .memory32Fixed(isWritable: true, base: base, length: length)
  }

  /// A line that the device has for itself.
  static func line(_ number: UInt32, _ mode: InterruptMode = .edgeRising) -> ResourceDescriptor {
    .interrupt(ExtendedInterrupt([number], mode: mode))
  }

  /// A host bridge of PCI Express; `parts` stand for `_CRS` and what else is in it.
  static func pciHost(
    _ name: NamePath = "PCI0", uid: UInt64 = 0, compatibleID: Bool = true,
    coherency: Term? = .integer(1),
    resources: [ResourceDescriptor]? = nil, more: [Term] = []
  ) -> Term {
    var parts: [Term] = [.name("_HID", .eisaID("PNP0A08"))]
    if compatibleID { parts.append(.name("_CID", .eisaID("PNP0A03"))) }
    parts.append(.name("_UID", .integer(uid)))
    if let coherency { parts.append(.name("_CCA", coherency)) }
    parts.append(.name("_CRS", .resources(resources ?? [buses(0...255), pciWindow()])))
    return .device(name, parts + more)
  }

  /// The buses of a host.
  static func buses(_ buses: ClosedRange<UInt8>) -> ResourceDescriptor {
    .addressSpace(
      AddressSpaceDescriptor(
        .word, .busNumber, minimum: UInt64(buses.lowerBound), length: UInt64(buses.count)))
  }

  /// A window of a host.
  static func pciWindow(
    _ first: UInt64 = 0x1000_0000, length: UInt64 = 0x2eff_0000
  ) -> ResourceDescriptor {
    .addressSpace(
      AddressSpaceDescriptor(
        .doubleWord, .memory(.nonCacheable), minimum: first, length: length))
  }

  /// MCFG for the buses of one segment.
  static func mcfg(
    base: UInt64 = 0x40_1000_0000, segment: UInt16 = 0, _ buses: ClosedRange<UInt8> = 0...255
  ) -> [UInt8] {
    TableExample.written { () throws(ACPIError) in
      try MCFG([
        .init(
          base: base, segment: segment, startBus: buses.lowerBound, endBus: buses.upperBound)
      ]).bytes()
    }
  }

  /// A device at the usual place behind a virtio-iommu of virtio-mmio; `others`, at 0x0a000400 and each 0x200 on, are
  /// behind it too.
  static func behindVirtioIOMMU(others: [Term] = []) -> TableExample {
    let viot = TableExample.written { () throws(ACPIError) in
      let endpoints = (0...UInt32(others.count)).map { number in
        VIOT.Node.mmioEndpoint(
          id: number, base: 0x0a00_0000 + UInt64(number == 0 ? 0 : number + 1) * 0x200, output: 0)
      }
      return try VIOT([.mmioIOMMU(base: 0x0a00_0200)] + endpoints).bytes()
    }
    return TableExample(VIOTTarget.pair + others, with: [viot])
  }
}

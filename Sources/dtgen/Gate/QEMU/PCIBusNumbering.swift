/// Gives the buses behind bridges of PCI their numbers, as firmware would: before that, tables of a machine know its
/// first bus alone, and leave the others out of what is behind an IOMMU.
///
/// **Source:** PCI-to-PCI Bridge Architecture 1.2, section 3.2.5; SeaBIOS 1.16 `src/fw/pciinit.c`,
/// `pci_bios_init_bus_rec`; QEMU 7.2 `hw/acpi/viot.c` and `hw/arm/virt-acpi-build.c`, which ask `pci_bus_range`.
struct PCIBusNumbering {
  /// How configuration space is reached.
  enum Access {
    /// By the ports of a PC.
    case ports
    /// In memory, from this address on.
    case memory(UInt64)
  }

  let memory: MachineMemory
  let access: Access

  /// A bridge: its function, and the bus behind it.
  struct Bridge: Equatable {
    var requesterID: UInt16
    var bus: UInt8
  }

  /// Numbers all buses behind the first one, and says which bridge has which.
  ///
  /// - Throws: ``GateStop``.
  func number() throws(GateStop) -> [Bridge] {
    var bridges: [Bridge] = []
    var last: UInt8 = 0
    try number(behind: 0, &last, &bridges)
    return bridges
  }

  private func number(
    behind bus: UInt8, _ last: inout UInt8, _ bridges: inout [Bridge]
  ) throws(GateStop) {
    for requesterID in try functions(on: bus) {
      // The layout of the header is the third byte; 1 is that of bridges.
      guard try read(requesterID, 0x0c) >> 16 & 0x7f == 1 else { continue }
      guard last < .max else { throw memory.socket.failure("has more buses of PCI than there are") }
      last += 1
      let own = last
      // Until its end is known, all that is left is behind it.
      try write(requesterID, buses: (bus, own, .max))
      try number(behind: own, &last, &bridges)
      try write(requesterID, buses: (bus, own, last))
      bridges.append(Bridge(requesterID: requesterID, bus: own))
    }
  }

  private func functions(on bus: UInt8) throws(GateStop) -> [UInt16] {
    var functions: [UInt16] = []
    for device in UInt16(0)..<32 {
      let first = UInt16(bus) << 8 | device << 3
      guard try isThere(first) else { continue }
      functions.append(first)
      guard try read(first, 0x0c) >> 16 & 0x80 != 0 else { continue }
      for function in UInt16(1)..<8 where try isThere(first | function) {
        functions.append(first | function)
      }
    }
    return functions
  }

  private func isThere(_ requesterID: UInt16) throws(GateStop) -> Bool {
    try read(requesterID, 0) & 0xffff != 0xffff
  }

  /// The primary, the secondary and the subordinate bus.
  private func write(
    _ requesterID: UInt16, buses: (UInt8, UInt8, UInt8)
  ) throws(GateStop) {
    let value = UInt32(buses.0) | UInt32(buses.1) << 8 | UInt32(buses.2) << 16
    switch access {
    case .ports:
      try select(requesterID, 0x18)
      try memory.write(value, toPort: 0xcfc)
    case .memory(let base):
      let bytes = (0..<4).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) }
      try memory.write(bytes, at: base + UInt64(requesterID) << 12 + 0x18)
    }
  }

  private func read(_ requesterID: UInt16, _ register: UInt32) throws(GateStop) -> UInt32 {
    switch access {
    case .ports:
      try select(requesterID, register)
      return try memory.read(port: 0xcfc)
    case .memory(let base):
      let bytes = try memory.read(4, at: base + UInt64(requesterID) << 12 + UInt64(register))
      return bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
  }

  private func select(_ requesterID: UInt16, _ register: UInt32) throws(GateStop) {
    try memory.write(0x8000_0000 | UInt32(requesterID) << 8 | register, toPort: 0xcf8)
  }
}

/// A processor or an interrupt controller of the ``MADT``.
///
/// **Source:** ACPI 6.5, sections 5.2.12.2 to 5.2.12.27.
public enum MADTEntry: Hashable, Sendable {
  /// A processor with a local APIC: its `_UID`, its id, and b0 enabled.
  case localAPIC(uid: UInt8, id: UInt8, flags: UInt32)
  /// An I/O APIC: its id, its address, and its first GSI.
  case ioAPIC(id: UInt8, address: UInt32, firstInterrupt: UInt32)
  /// An interrupt of ISA that is another GSI: bus 0, the interrupt, the GSI; b0–1 polarity, b2–3 trigger.
  case interruptOverride(source: UInt8, interrupt: UInt32, flags: UInt16)
  /// A processor with an x2APIC: its id, b0 enabled, its `_UID`.
  case localX2APIC(id: UInt32, flags: UInt32, uid: UInt32)
  /// The processor's side of a GIC.
  case gicc(GICC)
  /// The distributor of a GIC: its address, and its version, 1 to 4.
  case gicd(id: UInt32, address: UInt64, version: UInt8)
  /// Message-signalled interrupts of a GICv2: address, b0: count and base are set; count, first SPI.
  case gicMSIFrame(
    id: UInt32, address: UInt64, flags: UInt32, count: UInt16, firstInterrupt: UInt16)
  /// Redistributors of a GICv3: their address, and the bytes that all of them take.
  case gicr(address: UInt64, length: UInt32)
  /// An interrupt translation service: its id and its address.
  case its(id: UInt32, address: UInt64)
  /// A hart of RISC-V: b0 enabled, the hart's id, its `_UID`.
  case rintc(flags: UInt32, hartID: UInt64, uid: UInt32)
  /// Any other entry: its type, and the bytes behind type and length.
  case other(type: UInt8, payload: [UInt8])

  init(_ reader: TableReader) throws(ACPIError) {
    switch (try reader.byte(0), reader.count) {
    case (0, 8...):
      self = .localAPIC(
        uid: try reader.byte(2), id: try reader.byte(3), flags: try reader.doubleWord(4))
    case (1, 12...):
      self = .ioAPIC(
        id: try reader.byte(2), address: try reader.doubleWord(4),
        firstInterrupt: try reader.doubleWord(8))
    case (2, 10...):
      self = .interruptOverride(
        source: try reader.byte(3), interrupt: try reader.doubleWord(4), flags: try reader.word(8))
    case (9, 16...):
      self = .localX2APIC(
        id: try reader.doubleWord(4), flags: try reader.doubleWord(8),
        uid: try reader.doubleWord(12))
    case (0x0b, 76...): self = .gicc(try GICC(reader))
    case (0x0c, 24...):
      self = .gicd(
        id: try reader.doubleWord(4), address: try reader.quadWord(8),
        version: try reader.byte(20))
    case (0x0d, 24...):
      self = .gicMSIFrame(
        id: try reader.doubleWord(4), address: try reader.quadWord(8),
        flags: try reader.doubleWord(16), count: try reader.word(20),
        firstInterrupt: try reader.word(22))
    case (0x0e, 16...):
      self = .gicr(address: try reader.quadWord(4), length: try reader.doubleWord(12))
    case (0x0f, 20...):
      self = .its(id: try reader.doubleWord(4), address: try reader.quadWord(8))
    case (0x18, 20...):
      self = .rintc(
        flags: try reader.doubleWord(4), hartID: try reader.quadWord(8),
        uid: try reader.doubleWord(16))
    case (let type, _): self = .other(type: type, payload: Array(reader.bytes.dropFirst(2)))
    }
  }

  func write(to body: inout TableBody) throws(ACPIError) {
    switch self {
    case .localAPIC(let uid, let id, let flags):
      body.add(bytes: [0, 8, uid, id])
      body.add(flags)
    case .ioAPIC(let id, let address, let firstInterrupt):
      body.add(bytes: [1, 12, id, 0])
      body.add(address)
      body.add(firstInterrupt)
    case .interruptOverride(let source, let interrupt, let flags):
      body.add(bytes: [2, 10, 0, source])
      body.add(interrupt)
      body.add(flags)
    case .localX2APIC(let id, let flags, let uid):
      body.add(bytes: [9, 16, 0, 0])
      body.add(id)
      body.add(flags)
      body.add(uid)
    case .gicc(let gicc): gicc.write(to: &body)
    case .gicd(let id, let address, let version):
      body.add(bytes: [0x0c, 24, 0, 0])
      body.add(id)
      body.add(address)
      body.reserve(4)
      body.add(bytes: [version, 0, 0, 0])
    case .gicMSIFrame(let id, let address, let flags, let count, let firstInterrupt):
      body.add(bytes: [0x0d, 24, 0, 0])
      body.add(id)
      body.add(address)
      body.add(flags)
      body.add(count)
      body.add(firstInterrupt)
    case .gicr(let address, let length):
      body.add(bytes: [0x0e, 16, 0, 0])
      body.add(address)
      body.add(length)
    case .its(let id, let address):
      body.add(bytes: [0x0f, 20, 0, 0])
      body.add(id)
      body.add(address)
      body.reserve(4)
    case .rintc(let flags, let hartID, let uid):
      body.add(bytes: [0x18, 20, 1, 0])
      body.add(flags)
      body.add(hartID)
      body.add(uid)
    case .other(let type, let payload):
      guard payload.count <= 253 else {
        throw ACPIError(.notWritable, "an entry of APIC of more than 255 bytes")
      }
      body.add(bytes: [type, UInt8(payload.count + 2)] + payload)
    }
  }
}

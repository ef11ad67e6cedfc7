/// Reads the payload of one resource descriptor; what doesn't suit its tag is unknown.
struct DescriptorReader {
  let file: [UInt8]
  let tag: UInt8
  /// The first byte of the payload, and one past the last.
  let start: Int
  let end: Int

  var count: Int { end - start }

  func byte(_ offset: Int) -> UInt8 { file[start + offset] }
  func word(_ offset: Int) -> UInt16 { file.littleEndian16(at: start + offset) }
  func doubleWord(_ offset: Int) -> UInt32 { file.littleEndian32(at: start + offset) }
  func quadWord(_ offset: Int) -> UInt64 { file.littleEndian64(at: start + offset) }
  func bytes(_ range: Range<Int>) -> [UInt8] {
    Array(file[(start + range.lowerBound)..<(start + range.upperBound)])
  }

  /// Whether ACPI 6.5 has a descriptor of this tag.
  static func isKnown(_ tag: UInt8) -> Bool {
    tag < 0x80
      ? [0x20, 0x28, 0x30, 0x38, 0x40, 0x48, 0x50, 0x70].contains(tag & 0xf8)
      : (0x81...0x93).contains(tag) && tag != 0x83
  }

  var unknown: ResourceDescriptor { .unknown(tag: tag, payload: bytes(0..<count)) }

  /// What the descriptor says.
  func descriptor() -> ResourceDescriptor {
    (tag < 0x80 ? small() : large()) ?? unknown
  }

  private func small() -> ResourceDescriptor? {
    switch (tag & 0xf8, count) {
    case (0x20, 2): return .irq(IRQDescriptor(mask: word(0)))
    case (0x20, 3):
      let flags = byte(2)
      return .irq(
        IRQDescriptor(
          mask: word(0),
          mode: InterruptMode(
            isEdge: flags & 1 != 0, isActiveLow: flags & 8 != 0, isShared: flags & 16 != 0,
            wakes: flags & 32 != 0)))
    case (0x28, 2):
      let flags = byte(1)
      return .dma(
        DMADescriptor(
          mask: byte(0), speed: flags >> 5 & 3, isBusMaster: flags & 4 != 0, transfer: flags & 3))
    case (0x30, 0): return .startDependent(nil)
    case (0x30, 1):
      return .startDependent(
        DependentPriority(compatibility: byte(0) & 3, performance: byte(0) >> 2 & 3))
    case (0x38, 0): return .endDependent
    case (0x40, 7):
      return .io(
        IODescriptor(
          decodes16Bits: byte(0) & 1 != 0, minimum: word(1), maximum: word(3), alignment: byte(5),
          length: byte(6)))
    case (0x48, 3): return .fixedIO(base: word(0), length: byte(2))
    case (0x50, 5):
      return .fixedDMA(
        FixedDMADescriptor(requestLine: word(0), channel: word(2), width: byte(4)))
    case (0x70, 1...): return .vendorShort(bytes(0..<count))
    default: return nil
    }
  }

  private func large() -> ResourceDescriptor? {
    switch (tag, count) {
    case (0x81, 9):
      return .memory24(
        MemoryRange(
          isWritable: byte(0) & 1 != 0, minimum: word(1), maximum: word(3), alignment: word(5),
          length: word(7)))
    case (0x82, 12):
      return .register(
        GenericRegister(
          OperationRegion.Space(rawValue: byte(0)), bitWidth: byte(1), bitOffset: byte(2),
          accessSize: byte(3), address: quadWord(4)))
    case (0x84, _): return .vendorLong(bytes(0..<count))
    case (0x85, 17):
      return .memory32(
        MemoryRange(
          isWritable: byte(0) & 1 != 0, minimum: doubleWord(1), maximum: doubleWord(5),
          alignment: doubleWord(9), length: doubleWord(13)))
    case (0x86, 9):
      return .memory32Fixed(
        isWritable: byte(0) & 1 != 0, base: doubleWord(1), length: doubleWord(5))
    case (0x87, 23...), (0x88, 13...), (0x8a, 43...), (0x8b, 53): return addressSpace()
    case (0x89, 6...): return interrupt()
    case (0x8c, 20...): return gpio()
    case (0x8d, 15...), (0x8f, 17...), (0x90, 11...), (0x91, 14...), (0x92, 17...): return pins()
    case (0x8e, 9...): return serialBus()
    case (0x93, 9...):
      guard let source = source(at: 9) else { return nil }
      return .clockInput(
        ClockInput(
          flags: word(1), divisor: word(3), numerator: doubleWord(5), source: source.value))
    default: return nil
    }
  }

  /// The source at the end of a descriptor, which may have none; nil where the bytes are no source.
  func source(at offset: Int) -> (value: ResourceSource?, Void)? {
    if offset == count { return (nil, ()) }
    guard let text = text(at: offset + 1) else { return nil }
    return (ResourceSource(text, index: byte(offset)), ())
  }

  /// The text at `offset` of the payload, up to its NUL; nil where there is none.
  func text(at offset: Int) -> String? {
    guard offset >= 0, offset < count else { return nil }
    let rest = file[(start + offset)..<end]
    guard let stop = rest.firstIndex(of: 0) else { return nil }
    return String(decoding: rest[..<stop], as: UTF8.self)
  }

  private func addressSpace() -> ResourceDescriptor? {
    guard let width = AddressSpaceDescriptor.Width(rawValue: tag) else { return nil }
    let flags = byte(1)
    var range = AddressSpaceDescriptor(
      width, AddressSpaceKind(type: byte(0), flags: byte(2)), minimum: 0, length: 0)
    range.isConsumer = flags & 1 != 0
    range.isSubtractive = flags & 2 != 0
    range.isMinimumFixed = flags & 4 != 0
    range.isMaximumFixed = flags & 8 != 0
    let first = width == .extended ? 5 : 3
    func number(_ index: Int) -> UInt64 {
      let offset = first + index * width.bytes
      return switch width.bytes {
      case 2: UInt64(word(offset))
      case 4: UInt64(doubleWord(offset))
      default: quadWord(offset)
      }
    }
    range.granularity = number(0)
    range.minimum = number(1)
    range.maximum = number(2)
    range.translation = number(3)
    range.length = number(4)
    if width == .extended {
      range.attributes = number(5)
    } else {
      guard let source = source(at: 3 + 5 * width.bytes) else { return nil }
      range.source = source.value
    }
    return .addressSpace(range)
  }

  private func interrupt() -> ResourceDescriptor? {
    let (flags, numbers) = (byte(0), Int(byte(1)))
    guard numbers > 0, 2 + 4 * numbers <= count, let source = source(at: 2 + 4 * numbers) else {
      return nil
    }
    return .interrupt(
      ExtendedInterrupt(
        (0..<numbers).map { doubleWord(2 + 4 * $0) },
        mode: InterruptMode(
          isEdge: flags & 2 != 0, isActiveLow: flags & 4 != 0, isShared: flags & 8 != 0,
          wakes: flags & 16 != 0),
        isConsumer: flags & 1 != 0, source: source.value))
  }
}

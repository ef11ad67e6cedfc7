extension AMLWriter {
  /// Puts a descriptor in front.
  mutating func write(_ descriptor: ResourceDescriptor) throws(ACPIError) {
    switch descriptor {
    case .irq(let irq):
      var place = small(0x20, irq.mode == nil ? 2 : 3)
      out.put(irq.mask, at: &place)
      if let mode = irq.mode { out.put(mode.smallFlags, at: &place) }
    case .dma(let dma):
      var place = small(0x28, 2)
      out.put(dma.mask, at: &place)
      out.put(
        dma.transfer & 3 | (dma.isBusMaster ? 4 : 0) | (dma.speed & 3) << 5, at: &place)
    case .startDependent(let priority):
      var place = small(0x30, priority == nil ? 0 : 1)
      if let priority {
        out.put(priority.compatibility & 3 | (priority.performance & 3) << 2, at: &place)
      }
    case .endDependent: _ = small(0x38, 0)
    case .io(let io):
      var place = small(0x40, 7)
      out.put(UInt8(io.decodes16Bits ? 1 : 0), at: &place)
      out.put(io.minimum, at: &place)
      out.put(io.maximum, at: &place)
      out.put(io.alignment, at: &place)
      out.put(io.length, at: &place)
    case .fixedIO(let base, let length):
      var place = small(0x48, 3)
      out.put(base, at: &place)
      out.put(length, at: &place)
    case .fixedDMA(let dma):
      var place = small(0x50, 5)
      out.put(dma.requestLine, at: &place)
      out.put(dma.channel, at: &place)
      out.put(dma.width, at: &place)
    case .vendorShort(let bytes):
      guard (1...7).contains(bytes.count) else {
        throw ACPIError(.notWritable, "a short vendor's descriptor has 1 to 7 bytes")
      }
      var place = small(0x70, bytes.count)
      out.put(bytes: bytes, at: &place)
    case .vendorLong(let bytes):
      var place = try large(0x84, bytes.count)
      out.put(bytes: bytes, at: &place)
    case .memory24(let range):
      try write(range, tag: 0x81)
    case .memory32(let range):
      try write(range, tag: 0x85)
    case .memory32Fixed(let isWritable, let base, let length):
      var place = try large(0x86, 9)
      out.put(UInt8(isWritable ? 1 : 0), at: &place)
      out.put(base, at: &place)
      out.put(length, at: &place)
    case .register(let register):
      var place = try large(0x82, 12)
      out.put(register.space.rawValue, at: &place)
      out.put(register.bitWidth, at: &place)
      out.put(register.bitOffset, at: &place)
      out.put(register.accessSize, at: &place)
      out.put(register.address, at: &place)
    case .addressSpace(let range): try write(range)
    case .interrupt(let interrupt): try write(interrupt)
    case .gpio(let connection): try write(connection)
    case .serialBus(let connection): try write(connection)
    case .pins(let pins): try write(pins)
    case .clockInput(let clock):
      var place = try large(0x93, 9 + size(of: clock.source))
      out.put(UInt8(1), at: &place)
      out.put(clock.flags, at: &place)
      out.put(clock.divisor, at: &place)
      out.put(clock.numerator, at: &place)
      put(clock.source, at: &place)
    case .unknown(let tag, let payload):
      if tag < 0x80 {
        guard Int(tag & 7) == payload.count else {
          throw ACPIError(.notWritable, "the descriptor \(hex(tag)) has \(tag & 7) bytes")
        }
        out.prepend(payload)
        out.prepend(byte: tag)
      } else {
        var place = try large(tag, payload.count)
        out.put(bytes: payload, at: &place)
      }
    }
  }

  /// Makes room for a small descriptor; the place behind its tag.
  private mutating func small(_ type: UInt8, _ count: Int) -> Int {
    var place = out.prepend(1 + count)
    out.put(type | UInt8(count), at: &place)
    return place
  }

  /// Makes room for a large descriptor; the place behind its length.
  mutating func large(_ tag: UInt8, _ count: Int) throws(ACPIError) -> Int {
    guard count <= 0xffff else {
      throw ACPIError(.notWritable, "a descriptor of \(count) bytes; at most 65,535 can be")
    }
    var place = out.prepend(3 + count)
    out.put(tag, at: &place)
    out.put(UInt16(count), at: &place)
    return place
  }

  private mutating func write<Value>(_ range: MemoryRange<Value>, tag: UInt8) throws(ACPIError) {
    var place = try large(tag, 1 + 4 * Value.bitWidth / 8)
    out.put(UInt8(range.isWritable ? 1 : 0), at: &place)
    out.put(range.minimum, at: &place)
    out.put(range.maximum, at: &place)
    out.put(range.alignment, at: &place)
    out.put(range.length, at: &place)
  }

  private mutating func write(_ range: AddressSpaceDescriptor) throws(ACPIError) {
    let isExtended = range.width == .extended
    guard !isExtended || range.source == nil else {
      throw ACPIError(.notWritable, "an extended address space names no source")
    }
    var place = try large(
      range.width.rawValue,
      3 + (isExtended ? 50 : 5 * range.width.bytes) + size(of: range.source))
    let (type, flags) = range.kind.raw
    out.put(type, at: &place)
    out.put(range.generalFlags, at: &place)
    out.put(flags, at: &place)
    if isExtended { out.put(UInt16(1), at: &place) }
    for value in [
      range.granularity, range.minimum, range.maximum, range.translation, range.length,
    ] {
      switch range.width.bytes {
      case 2:
        guard let value = UInt16(exactly: value) else { throw Self.tooWide(value, bits: 16) }
        out.put(value, at: &place)
      case 4:
        guard let value = UInt32(exactly: value) else { throw Self.tooWide(value, bits: 32) }
        out.put(value, at: &place)
      default: out.put(value, at: &place)
      }
    }
    if isExtended { out.put(range.attributes, at: &place) }
    put(range.source, at: &place)
  }

  private static func tooWide(_ value: UInt64, bits: Int) -> ACPIError {
    ACPIError(.notWritable, "\(hex(value)) doesn't fit an address space of \(bits) bits")
  }

  private mutating func write(_ interrupt: ExtendedInterrupt) throws(ACPIError) {
    guard (1...255).contains(interrupt.numbers.count) else {
      throw ACPIError(
        .notWritable, "an interrupt descriptor has 1 to 255 numbers, not \(interrupt.numbers.count)"
      )
    }
    var place = try large(0x89, 2 + 4 * interrupt.numbers.count + size(of: interrupt.source))
    out.put((interrupt.isConsumer ? 1 : 0) | interrupt.mode.flags, at: &place)
    out.put(UInt8(interrupt.numbers.count), at: &place)
    for number in interrupt.numbers { out.put(number, at: &place) }
    put(interrupt.source, at: &place)
  }

  /// How many bytes a source takes at the end of a descriptor.
  func size(of source: ResourceSource?) -> Int { source.map { 2 + $0.path.utf8.count } ?? 0 }

  /// Writes a source at the end of a descriptor.
  mutating func put(_ source: ResourceSource?, at place: inout Int) {
    guard let source else { return }
    out.put(source.index, at: &place)
    out.put(bytes: source.path.utf8, at: &place)
    out.put(UInt8(0), at: &place)
  }
}

extension InterruptMode {
  /// The bits of the extended descriptor.
  var flags: UInt8 {
    (isEdge ? 2 : 0) | (isActiveLow ? 4 : 0) | (isShared ? 8 : 0) | (wakes ? 16 : 0)
  }

  /// The bits of the small descriptor.
  var smallFlags: UInt8 {
    (isEdge ? 1 : 0) | (isActiveLow ? 8 : 0) | (isShared ? 16 : 0) | (wakes ? 32 : 0)
  }
}

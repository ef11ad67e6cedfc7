extension AMLWriter {
  /// Puts a GPIO descriptor in front.
  ///
  /// Its offsets are counted from its first byte.
  mutating func write(_ connection: GPIOConnection) throws(ACPIError) {
    let pins = 0x17
    let source = pins + 2 * connection.pins.count
    let vendor = source + connection.source.path.utf8.count + 1
    let end = vendor + connection.vendorData.count
    var place = try large(0x8c, end - 3)
    out.put(UInt8(1), at: &place)
    out.put(UInt8(connection.isInterrupt ? 0 : 1), at: &place)
    out.put(UInt16(connection.isConsumer ? 1 : 0), at: &place)
    out.put(connection.flags, at: &place)
    out.put(connection.pull, at: &place)
    out.put(connection.driveStrength, at: &place)
    out.put(connection.debounce, at: &place)
    out.put(UInt16(pins), at: &place)
    out.put(connection.source.index, at: &place)
    out.put(UInt16(truncatingIfNeeded: source), at: &place)
    put(vendor, connection.vendorData, at: &place)
    put(connection.pins, at: &place)
    put(connection.source.path, connection.vendorData, at: &place)
  }

  /// Puts a serial bus's descriptor in front.
  mutating func write(_ connection: SerialBusConnection) throws(ACPIError) {
    let (type, flags, data) = connection.bus.raw
    let path = connection.source.path.utf8
    var place = try large(
      0x8e, 9 + data.count + connection.vendorData.count + path.count + 1)
    out.put(connection.revision, at: &place)
    out.put(connection.source.index, at: &place)
    out.put(type, at: &place)
    out.put(
      (connection.isDeviceInitiated ? 1 : 0) | (connection.isConsumer ? 2 : 0)
        | (connection.isShared ? 4 : 0) as UInt8, at: &place)
    out.put(flags, at: &place)
    out.put(connection.busRevision, at: &place)
    out.put(UInt16(data.count + connection.vendorData.count), at: &place)
    out.put(bytes: data, at: &place)
    out.put(bytes: connection.vendorData, at: &place)
    out.put(bytes: path, at: &place)
    out.put(UInt8(0), at: &place)
  }

  /// Puts a descriptor of pins in front.
  mutating func write(_ descriptor: PinDescriptor) throws(ACPIError) {
    let (tag, head, pins, label) = descriptor.kind.raw
    let isGroup = tag == 0x90
    // Tag, length, revision, flags and the kind's own part; then offsets, and what they point to.
    let offsets = head.count + 6
    let pinPlace = offsets + (isGroup ? 8 : 9)
    let sourcePlace = pinPlace + 2 * pins.count
    let labelPlace = sourcePlace + (isGroup ? 0 : descriptor.source.path.utf8.count + 1)
    let vendorPlace = labelPlace + (label.map { $0.utf8.count + 1 } ?? 0)
    var place = try large(tag, vendorPlace + descriptor.vendorData.count - 3)
    out.put(UInt8(1), at: &place)
    out.put(descriptor.flags, at: &place)
    out.put(bytes: head, at: &place)
    if tag < 0x91 { out.put(UInt16(pinPlace), at: &place) }
    if !isGroup {
      out.put(descriptor.source.index, at: &place)
      out.put(UInt16(truncatingIfNeeded: sourcePlace), at: &place)
    }
    if label != nil { out.put(UInt16(truncatingIfNeeded: labelPlace), at: &place) }
    put(vendorPlace, descriptor.vendorData, at: &place)
    put(pins, at: &place)
    if !isGroup {
      out.put(bytes: descriptor.source.path.utf8, at: &place)
      out.put(UInt8(0), at: &place)
    }
    put(label, descriptor.vendorData, at: &place)
  }

  private mutating func put(_ offset: Int, _ vendorData: [UInt8], at place: inout Int) {
    out.put(UInt16(truncatingIfNeeded: offset), at: &place)
    out.put(UInt16(truncatingIfNeeded: vendorData.count), at: &place)
  }

  private mutating func put(_ pins: [UInt16], at place: inout Int) {
    for pin in pins { out.put(pin, at: &place) }
  }

  private mutating func put(_ text: String?, _ vendorData: [UInt8], at place: inout Int) {
    if let text {
      out.put(bytes: text.utf8, at: &place)
      out.put(UInt8(0), at: &place)
    }
    out.put(bytes: vendorData, at: &place)
  }
}

extension PinDescriptor.Kind {
  /// The tag, the bytes of this kind alone, the pins, and the label.
  var raw: (tag: UInt8, head: [UInt8], pins: [UInt16], label: String?) {
    switch self {
    case .function(let number, let pull, let pins):
      (0x8d, [pull] + littleEndian(number), pins, nil)
    case .configuration(let type, let value, let pins):
      (0x8f, [type] + littleEndian(value), pins, nil)
    case .group(let label, let pins): (0x90, [], pins, label)
    case .groupFunction(let number, let label): (0x91, littleEndian(number), [], label)
    case .groupConfiguration(let type, let value, let label):
      (0x92, [type] + littleEndian(value), [], label)
    }
  }
}

extension SerialBusConnection.Bus {
  /// The number, the flags and the bytes of this bus alone.
  var raw: (type: UInt8, flags: UInt16, data: [UInt8]) {
    switch self {
    case .i2c(let speed, let address, let has10Bits):
      (1, has10Bits ? 1 : 0, littleEndian(speed) + littleEndian(address))
    case .spi(let spi):
      (
        2, (spi.hasThreeWires ? 1 : 0) | (spi.isSelectedHigh ? 2 : 0),
        littleEndian(spi.speed)
          + [spi.dataBits, spi.isSecondPhase ? 1 : 0, spi.isClockHigh ? 1 : 0]
          + littleEndian(spi.deviceSelection)
      )
    case .uart(let uart):
      (
        3, uart.flags,
        littleEndian(uart.speed) + littleEndian(uart.receiveFIFO)
          + littleEndian(uart.transmitFIFO) + [uart.parity, uart.lines]
      )
    case .other(let type, let flags, let data): (type, flags, data)
    }
  }
}

/// The bytes of a number, the lowest first.
func littleEndian(_ value: some FixedWidthInteger & UnsignedInteger) -> [UInt8] {
  (0..<(value.bitWidth / 8)).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
}

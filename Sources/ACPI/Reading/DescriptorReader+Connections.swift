/// Offsets in these are counted from the tag, three bytes in front of the payload.
extension DescriptorReader {
  /// Pins between two offsets; nil where they aren't in the descriptor.
  private func pins(from first: Int, to last: Int) -> [UInt16]? {
    guard first >= 3, first <= last, last - 3 <= count, (last - first).isMultiple(of: 2) else {
      return nil
    }
    return stride(from: first - 3, to: last - 3, by: 2).map { word($0) }
  }

  /// Bytes of a vendor's; nil where they aren't in the descriptor.
  private func vendorData(at offset: Int, count length: Int) -> [UInt8]? {
    if length == 0 { return [] }
    guard offset >= 3, offset - 3 + length <= count else { return nil }
    return bytes((offset - 3)..<(offset - 3 + length))
  }

  /// Pins of a GPIO controller.
  func gpio() -> ResourceDescriptor? {
    let sourcePlace = Int(word(14))
    guard byte(1) <= 1, let pins = pins(from: Int(word(11)), to: sourcePlace),
      let path = text(at: sourcePlace - 3),
      let vendorData = vendorData(at: Int(word(16)), count: Int(word(18)))
    else { return nil }
    var connection = GPIOConnection(
      isInterrupt: byte(1) == 0, flags: word(4), pull: byte(6), pins: pins,
      source: ResourceSource(path, index: byte(13)))
    connection.isConsumer = word(2) & 1 != 0
    connection.driveStrength = word(7)
    connection.debounce = word(9)
    connection.vendorData = vendorData
    return .gpio(connection)
  }

  /// A connection to a serial bus.
  func serialBus() -> ResourceDescriptor? {
    let length = Int(word(7))
    guard 9 + length < count, let path = text(at: 9 + length) else { return nil }
    let (flags, own) = (word(4), bytes(9..<(9 + length)))
    let bus: SerialBusConnection.Bus
    var used = length
    switch byte(2) {
    case 1 where length >= 6 && flags <= 1:
      used = 6
      bus = .i2c(
        speed: own.littleEndian32(at: 0), address: own.littleEndian16(at: 4), has10Bits: flags == 1)
    case 2 where length >= 9 && flags <= 3:
      used = 9
      var spi = SPIConnection(
        speed: own.littleEndian32(at: 0), dataBits: own[4],
        deviceSelection: own.littleEndian16(at: 7))
      spi.isSecondPhase = own[5] != 0
      spi.isClockHigh = own[6] != 0
      spi.hasThreeWires = flags & 1 != 0
      spi.isSelectedHigh = flags & 2 != 0
      bus = .spi(spi)
    case 3 where length >= 10:
      used = 10
      var uart = UARTConnection(
        speed: own.littleEndian32(at: 0), receiveFIFO: own.littleEndian16(at: 4),
        transmitFIFO: own.littleEndian16(at: 6))
      uart.parity = own[8]
      uart.lines = own[9]
      uart.flags = flags
      bus = .uart(uart)
    default: bus = .other(type: byte(2), flags: flags, data: own)
    }
    var connection = SerialBusConnection(bus, source: ResourceSource(path, index: byte(1)))
    connection.revision = byte(0)
    connection.isDeviceInitiated = byte(3) & 1 != 0
    connection.isConsumer = byte(3) & 2 != 0
    connection.isShared = byte(3) & 4 != 0
    connection.busRevision = byte(6)
    connection.vendorData = Array(own[used...])
    return .serialBus(connection)
  }

  /// Pins, and what they do.
  func pins() -> ResourceDescriptor? {
    let hasNumber = tag == 0x8f || tag == 0x92
    // What stands behind revision and flags.
    let head = tag == 0x8d ? 3 : hasNumber ? 5 : tag == 0x90 ? 0 : 2
    var place = 3 + head
    func next() -> Int {
      defer { place += 2 }
      return Int(word(place))
    }
    let pinPlace = tag < 0x91 ? next() : 0
    var index: UInt8 = 0
    var sourcePlace = 0
    if tag != 0x90 {
      index = byte(place)
      place += 1
      sourcePlace = next()
    }
    let labelPlace = tag >= 0x90 ? next() : 0
    let (vendorPlace, vendorLength) = (next(), next())
    guard let vendorData = vendorData(at: vendorPlace, count: vendorLength),
      let path = tag == 0x90 ? "" : text(at: sourcePlace - 3),
      let label = tag >= 0x90 ? text(at: labelPlace - 3) : "",
      let pins = tag < 0x91
        ? pins(from: pinPlace, to: tag == 0x90 ? labelPlace : sourcePlace) : []
    else { return nil }
    let kind: PinDescriptor.Kind =
      switch tag {
      case 0x8d: .function(word(4), pull: byte(3), pins: pins)
      case 0x8f: .configuration(type: byte(3), value: doubleWord(4), pins: pins)
      case 0x90: .group(label: label, pins: pins)
      case 0x91: .groupFunction(word(3), label: label)
      default: .groupConfiguration(type: byte(3), value: doubleWord(4), label: label)
      }
    var descriptor = PinDescriptor(
      kind, flags: word(1), source: ResourceSource(path, index: index))
    descriptor.vendorData = vendorData
    return .pins(descriptor)
  }
}

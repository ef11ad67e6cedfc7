import ACPI

/// Resource descriptors that differ in everything that they can.
enum SampleDescriptors {
  static let all: [ResourceDescriptor] = simple + ranges + connections

  /// What newer compilers alone know.
  static let withoutOracle: [(ResourceDescriptor, [UInt8])] = [
    (
      .clockInput(
        ClockInput(flags: 0, divisor: 1, numerator: 1000, source: ResourceSource("\\_SB.CLK0"))),
      [0x93, 0x14, 0, 1, 0, 0, 1, 0, 0xe8, 3, 0, 0, 0] + Array("\\_SB.CLK0".utf8) + [0]
    )
  ]

  private static let simple: [ResourceDescriptor] = [
    .irq(IRQDescriptor(mask: 0x10)), .irq(IRQDescriptor(mask: 0x10, mode: .edgeRising)),
    .irq(IRQDescriptor(mask: 0x220, mode: .levelLowShared)),
    .irq(
      IRQDescriptor(
        mask: 0x8, mode: InterruptMode(isEdge: false, isActiveLow: true, wakes: true))),
    .dma(DMADescriptor(mask: 5)),
    .dma(DMADescriptor(mask: 3, speed: 3, isBusMaster: true, transfer: 1)),
    .io(IODescriptor(minimum: 0x3f8, maximum: 0x3f8, alignment: 1, length: 8)),
    .io(
      IODescriptor(
        decodes16Bits: false, minimum: 0x100, maximum: 0x3f0, alignment: 0x10, length: 0x10)),
    .fixedIO(base: 0x3f8, length: 8),
    .fixedDMA(FixedDMADescriptor(requestLine: 0x11, channel: 0x22, width: 2)),
    .vendorShort([0x11, 0x22]), .vendorLong([1, 2, 3, 4, 5, 6, 7, 8]),
    .memory24(
      MemoryRange(minimum: 0x1234, maximum: 0x5678, alignment: 0x10, length: 0x20)),
    .memory32(
      MemoryRange(
        isWritable: false, minimum: 0x1000_0000, maximum: 0x2000_0000, alignment: 0x1000,
        length: 0x2000)),
    .memory32Fixed(isWritable: true, base: 0x0a00_0000, length: 0x200),
    .memory32Fixed(isWritable: false, base: 0xffff_f000, length: 0x1000),
    .register(
      GenericRegister(.systemMemory, bitWidth: 32, accessSize: 3, address: 0x1234_5678)),
    .register(
      GenericRegister(
        OperationRegion.Space(rawValue: 0x7f), bitWidth: 1, bitOffset: 2, accessSize: 1,
        address: 4)),
    .interrupt(ExtendedInterrupt([48], mode: .edgeRising)),
    .interrupt(ExtendedInterrupt([48, 49, 1000], mode: .levelLowShared, isConsumer: false)),
    .interrupt(
      ExtendedInterrupt(
        [5], mode: InterruptMode(isEdge: true, wakes: true),
        source: ResourceSource("\\_SB.DEV0", index: 3))),
  ]

  private static let ranges: [ResourceDescriptor] = {
    var low = AddressSpaceDescriptor(
      .doubleWord, .memory(.nonCacheable), minimum: 0x1000_0000, length: 0x2eff_0000)
    var all = [low]
    low.isConsumer = true
    low.isSubtractive = true
    low.isMinimumFixed = false
    low.isMaximumFixed = false
    low.granularity = 0xffff
    low.source = ResourceSource("\\_SB.DEV0", index: 1)
    all.append(low)
    for flags: UInt8 in [0x00, 0x02, 0x05, 0x07, 0x09, 0x11, 0x19, 0x21] {
      all.append(
        AddressSpaceDescriptor(
          .quadWord, .memory(.init(rawValue: flags)), minimum: 0x80_0000_0000,
          length: 0x80_0000_0000))
    }
    for flags: UInt8 in [0x01, 0x02, 0x03, 0x13, 0x33] {
      all.append(
        AddressSpaceDescriptor(
          .doubleWord, .io(.init(rawValue: flags)), minimum: 0, length: 0x1_0000,
          translation: flags & 0x10 == 0 ? 0 : 0x3eff_0000))
    }
    all.append(AddressSpaceDescriptor(.word, .busNumber, minimum: 0, length: 0x100))
    all.append(AddressSpaceDescriptor(.word, .io(.entireRange), minimum: 0x1000, length: 0x100))
    all.append(
      AddressSpaceDescriptor(
        .quadWord, .other(type: 0xc3, flags: 0xaa), minimum: 0, length: 0x100))
    all.append(
      AddressSpaceDescriptor(
        .word, .other(type: 0xc0, flags: 0), minimum: 0, length: 0x100))
    var extended = AddressSpaceDescriptor(
      .extended, .memory(.prefetchable), minimum: 0x1_0000_0000, length: 0x1000)
    extended.attributes = 8
    all.append(extended)
    all.append(
      AddressSpaceDescriptor(
        .extended, .io(.entireRange), minimum: 0x1000, length: 0x1000, isConsumer: true))
    all.append(
      AddressSpaceDescriptor(
        .extended, .other(type: 0xc5, flags: 1), minimum: 0x1000, length: 0x1000))
    return all.map(ResourceDescriptor.addressSpace)
  }()

  private static let connections: [ResourceDescriptor] = {
    let source = ResourceSource("\\_SB.DEV0", index: 2)
    var interrupt = GPIOConnection(
      isInterrupt: true, flags: 0x1b, pull: 1, pins: [0x20], source: source)
    interrupt.debounce = 0x100
    var line = GPIOConnection(
      isInterrupt: false, flags: 0x9, pull: 3, pins: [0x20, 0x21], source: source)
    line.driveStrength = 0x200
    line.vendorData = [1, 2]
    line.isConsumer = false
    var all: [ResourceDescriptor] = [.gpio(interrupt), .gpio(line)]
    var old = SerialBusConnection(
      .i2c(speed: 400_000, address: 0x50, has10Bits: false), source: source)
    old.isDeviceInitiated = true
    old.isShared = true
    all.append(.serialBus(old))
    var spi = SPIConnection(speed: 1_000_000, deviceSelection: 1)
    all.append(.serialBus(SerialBusConnection(.spi(spi), source: source)))
    spi.hasThreeWires = true
    spi.isClockHigh = true
    spi.isSecondPhase = true
    spi.isSelectedHigh = true
    var connection = SerialBusConnection(.spi(spi), source: source)
    connection.vendorData = [9, 8, 7]
    all.append(.serialBus(connection))
    var uart = UARTConnection(speed: 115_200, receiveFIFO: 16, transmitFIFO: 32)
    all.append(.serialBus(SerialBusConnection(.uart(uart), source: source)))
    uart.lines = 0xc0
    uart.parity = 2
    uart.flags = 0x80 | 2 << 4 | 3 << 2 | 1
    all.append(.serialBus(SerialBusConnection(.uart(uart), source: source)))
    var pins = PinDescriptor(
      .function(0x12, pull: 1, pins: [0x20, 0x21]), flags: 1, source: source)
    all.append(.pins(pins))
    pins.vendorData = [1, 2]
    all.append(.pins(pins))
    all.append(
      .pins(
        PinDescriptor(.configuration(type: 1, value: 0x1234, pins: [7]), flags: 2, source: source)))
    all.append(
      .pins(
        PinDescriptor(
          .group(label: "label", pins: [7, 8]), flags: 1, source: ResourceSource(""))))
    all.append(
      .pins(PinDescriptor(.groupFunction(0x12, label: "label"), flags: 2, source: source)))
    all.append(
      .pins(
        PinDescriptor(
          .groupConfiguration(type: 2, value: 5, label: "label"), flags: 3, source: source)))
    return all
  }()
}

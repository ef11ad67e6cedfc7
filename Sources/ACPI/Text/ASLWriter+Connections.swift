extension ASLWriter {
  private func pull(_ value: UInt8) -> String {
    let words = ["PullDefault", "PullUp", "PullDown", "PullNone"]
    return Int(value) < words.count ? words[Int(value)] : aslHex(value)
  }

  /// The last operand, where there are bytes of a vendor's.
  private func vendor(_ bytes: [UInt8]) -> String {
    bytes.isEmpty
      ? "" : "RawDataBuffer () {\(bytes.map(aslHex).joined(separator: ", "))}"
  }

  /// Pins of a GPIO controller.
  mutating func gpio(_ connection: GPIOConnection) {
    let flags = connection.flags
    var sharing = flags & 8 == 0 ? "Exclusive" : "Shared"
    if flags & 16 != 0 { sharing += "AndWake" }
    if connection.isInterrupt {
      let levels = ["ActiveHigh", "ActiveLow", "ActiveBoth", "ActiveBoth"]
      text += "GpioInt (\(flags & 1 == 0 ? "Level" : "Edge"), \(levels[Int(flags >> 1 & 3)]), "
      text += "\(sharing), \(pull(connection.pull)), \(aslHex(connection.debounce)), "
    } else {
      let restrictions = ["None", "InputOnly", "OutputOnly", "NonePreserve"]
      let restriction =
        flags & 3 == 3
        ? "IoRestrictionNoneAndPreserve" : "IoRestriction" + restrictions[Int(flags & 3)]
      text += "GpioIo (\(sharing), \(pull(connection.pull)), \(aslHex(connection.debounce)), "
      text += "\(aslHex(connection.driveStrength)), \(restriction), "
    }
    text += "\(quoted(connection.source.path)), \(aslHex(connection.source.index)), "
    text += "\(usage(connection.isConsumer)), , \(vendor(connection.vendorData))) "
    text += "{\(connection.pins.map(aslHex).joined(separator: ", "))}"
  }

  /// A connection to a serial bus.
  mutating func serialBus(_ connection: SerialBusConnection) {
    let isNew = connection.revision >= 2
    let version = isNew ? "V2" : ""
    let initiator = connection.isDeviceInitiated ? "DeviceInitiated" : "ControllerInitiated"
    switch connection.bus {
    case .i2c(let speed, let address, let has10Bits):
      text += "I2cSerialBus\(version) (\(aslHex(address)), \(initiator), \(aslHex(speed)), "
      text += has10Bits ? "AddressingMode10Bit" : "AddressingMode7Bit"
    case .spi(let spi):
      text += "SpiSerialBus\(version) (\(aslHex(spi.deviceSelection)), "
      text += "\(spi.isSelectedHigh ? "PolarityHigh" : "PolarityLow"), "
      text += "\(spi.hasThreeWires ? "ThreeWireMode" : "FourWireMode"), \(aslHex(spi.dataBits)), "
      text += "\(initiator), \(aslHex(spi.speed)), "
      text += "\(spi.isClockHigh ? "ClockPolarityHigh" : "ClockPolarityLow"), "
      text += spi.isSecondPhase ? "ClockPhaseSecond" : "ClockPhaseFirst"
    case .uart(let uart):
      let bits = ["Five", "Six", "Seven", "Eight", "Nine", "Nine", "Nine", "Nine"]
      let stops = ["Zero", "One", "OnePlusHalf", "Two"]
      let parities = ["None", "Even", "Odd", "Mark", "Space"]
      let flows = ["None", "Hardware", "XON", "XON"]
      text += "UartSerialBus\(version) (\(aslHex(uart.speed)), "
      text += "DataBits\(bits[Int(uart.flags >> 4 & 7)]), "
      text += "StopBits\(stops[Int(uart.flags >> 2 & 3)]), \(aslHex(uart.lines)), "
      text += "\(uart.flags & 0x80 == 0 ? "LittleEndian" : "BigEndian"), "
      text += "ParityType\(parities[Int(min(uart.parity, 4))]), "
      text += "FlowControl\(flows[Int(uart.flags & 3)]), "
      text += "\(aslHex(uart.receiveFIFO)), \(aslHex(uart.transmitFIFO))"
    case .other: break
    }
    text += ", \(quoted(connection.source.path)), \(aslHex(connection.source.index)), "
    text += "\(usage(connection.isConsumer)), , "
    if isNew { text += "\(connection.isShared ? "Shared" : "Exclusive"), " }
    text += "\(vendor(connection.vendorData)))"
  }

  /// Pins, and what they do.
  mutating func pins(_ descriptor: PinDescriptor) {
    let sharing = descriptor.flags & 1 == 0 ? "Exclusive" : "Shared"
    let user = usage(descriptor.flags & 2 != 0)
    let source = "\(quoted(descriptor.source.path)), \(aslHex(descriptor.source.index))"
    let end = ", \(vendor(descriptor.vendorData)))"
    var list: [UInt16]?
    switch descriptor.kind {
    case .function(let number, let pull, let pins):
      text += "PinFunction (\(sharing), \(self.pull(pull)), \(aslHex(number)), \(source), "
      text += "\(usage(true)), \(end)"
      list = pins
    case .configuration(let type, let value, let pins):
      text += "PinConfig (\(sharing), \(aslHex(type)), \(aslHex(value)), \(source), \(user), \(end)"
      list = pins
    case .group(let label, let pins):
      text += "PinGroup (\(quoted(label)), \(usage(descriptor.flags & 1 != 0)), \(end)"
      list = pins
    case .groupFunction(let number, let label):
      text += "PinGroupFunction (\(sharing), \(aslHex(number)), \(source), \(quoted(label)), "
      text += "\(user), \(end)"
    case .groupConfiguration(let type, let value, let label):
      text += "PinGroupConfig (\(sharing), \(aslHex(type)), \(aslHex(value)), \(source), "
      text += "\(quoted(label)), \(user), \(end)"
    }
    if let list { text += " {\(list.map(aslHex).joined(separator: ", "))}" }
  }
}

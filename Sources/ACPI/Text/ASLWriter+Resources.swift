extension ASLWriter {
  /// A resource template; as bytes, where ASL has no words for one of its descriptors.
  mutating func resources(_ descriptors: [ResourceDescriptor]) {
    guard descriptors.allSatisfy(\.hasWords) else {
      var writer = AMLWriter(revision: 2)
      // What has no encoding is refused by whoever writes the bytes, and empty here.
      let bytes = descriptors.reversed().reduce([0x79, 0x00] as [UInt8]) { bytes, descriptor in
        writer.out = BackwardBytes()
        guard (try? writer.write(descriptor)) != nil else { return bytes }
        return writer.out.bytes + bytes
      }
      buffer(nil, bytes)
      return
    }
    text += "ResourceTemplate ()\n"
    open()
    var isDependent = false
    for descriptor in descriptors {
      switch descriptor {
      case .startDependent, .endDependent:
        if isDependent {
          close()
          text += "\n"
        }
        indent()
        if case .startDependent(let priority) = descriptor {
          isDependent = true
          text +=
            priority.map { "StartDependentFn (\($0.compatibility), \($0.performance))\n" }
            ?? "StartDependentFnNoPri ()\n"
          open()
        } else {
          isDependent = false
          text += "EndDependentFn ()\n"
        }
      default:
        indent()
        self.descriptor(descriptor)
        text += "\n"
      }
    }
    if isDependent {
      close()
      text += "\n"
    }
    close()
  }

  /// One descriptor.
  mutating func descriptor(_ descriptor: ResourceDescriptor) {
    switch descriptor {
    case .irq(let irq):
      let mode = irq.mode.map { "IRQ (\($0.keywords), )" } ?? "IRQNoFlags ()"
      text += "\(mode) {\(numbers(irq.lines))}"
    case .dma(let dma):
      let speed = ["Compatibility", "TypeA", "TypeB", "TypeF"][Int(dma.speed & 3)]
      let transfer = ["Transfer8", "Transfer8_16", "Transfer16", "Transfer16"]
      text += "DMA (\(speed), \(dma.isBusMaster ? "BusMaster" : "NotBusMaster"), "
      text += "\(transfer[Int(dma.transfer & 3)]), ) {\(numbers(dma.channels))}"
    case .startDependent, .endDependent: break
    case .io(let io):
      text += "IO (\(io.decodes16Bits ? "Decode16" : "Decode10"), \(aslHex(io.minimum)), "
      text += "\(aslHex(io.maximum)), \(aslHex(io.alignment)), \(aslHex(io.length)), )"
    case .fixedIO(let base, let length):
      text += "FixedIO (\(aslHex(base)), \(aslHex(length)), )"
    case .fixedDMA(let dma):
      text += "FixedDMA (\(aslHex(dma.requestLine)), \(aslHex(dma.channel)), "
      text += "Width\(8 << Int(min(dma.width, 5)))Bit, )"
    case .vendorShort(let bytes):
      text += "VendorShort () {\(bytes.map(aslHex).joined(separator: ", "))}"
    case .vendorLong(let bytes):
      text += "VendorLong ()"
      self.bytes(bytes)
    case .memory24(let range): memory("Memory24", range)
    case .memory32(let range): memory("Memory32", range)
    case .memory32Fixed(let isWritable, let base, let length):
      text += "Memory32Fixed (\(isWritable ? "ReadWrite" : "ReadOnly"), \(aslHex(base)), "
      text += "\(aslHex(length)), )"
    case .register(let register):
      text += "Register (\(register.space.registerKeyword), \(aslHex(register.bitWidth)), "
      text += "\(aslHex(register.bitOffset)), \(aslHex(register.address)), "
      text += "\(aslHex(register.accessSize)), )"
    case .addressSpace(let range): addressSpace(range)
    case .interrupt(let interrupt):
      text += "Interrupt (\(usage(interrupt.isConsumer)), \(interrupt.mode.keywords), "
      text += "\(words(interrupt.source)), ) "
      text += "{\(interrupt.numbers.map(aslHex).joined(separator: ", "))}"
    case .gpio(let connection): gpio(connection)
    case .serialBus(let connection): serialBus(connection)
    case .pins(let descriptor): pins(descriptor)
    case .clockInput(let clock):
      let unit = ["Hz", "KHz", "MHz", "MHz"][Int(clock.flags >> 1 & 3)]
      text += "ClockInput (\(aslHex(clock.numerator)), \(aslHex(clock.divisor)), \(unit), "
      text += clock.flags & 1 == 0 ? "VariableFreq" : "FixedFreq"
      if let source = clock.source { text += ", \(quoted(source.path)), \(aslHex(source.index))" }
      text += ")"
    case .unknown: break
    }
  }

  private mutating func memory<Value>(_ name: String, _ range: MemoryRange<Value>) {
    text += "\(name) (\(range.isWritable ? "ReadWrite" : "ReadOnly"), \(aslHex(range.minimum)), "
    text += "\(aslHex(range.maximum)), \(aslHex(range.alignment)), \(aslHex(range.length)), )"
  }

  private func numbers(_ values: [Int]) -> String {
    values.map(String.init).joined(separator: ", ")
  }

  /// Who uses a resource.
  func usage(_ isConsumer: Bool) -> String {
    isConsumer ? "ResourceConsumer" : "ResourceProducer"
  }

  /// A source as two operands, or two that are left out.
  func words(_ source: ResourceSource?) -> String {
    source.map { "\(aslHex($0.index)), \(quoted($0.path))" } ?? ", "
  }
}

extension OperationRegion.Space {
  /// The word that `Register` has for it.
  fileprivate var registerKeyword: String { rawValue == 0x7f ? "FFixedHW" : keyword }
}

extension ResourceDescriptor {
  /// Whether ASL has words for everything in it.
  fileprivate var hasWords: Bool {
    switch self {
    case .unknown: false
    case .gpio(let connection):
      // iasl's grammar has one pin in GpioInt.
      !connection.isInterrupt || connection.pins.count == 1 && connection.flags & 0xffe0 == 0
    case .serialBus(let connection):
      if case .other = connection.bus { false } else { connection.busRevision == 1 }
    case .addressSpace(let range):
      if case .other(let type, _) = range.kind { type >= 0xc0 } else { true }
    default: true
    }
  }
}

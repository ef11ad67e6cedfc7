/// One descriptor of a resource template; the end tag is added when a template is written.
///
/// **Source:** ACPI 6.5, section 6.4.
public enum ResourceDescriptor: Hashable, Sendable {
  /// Lines of the interrupt controllers of a PC.
  case irq(IRQDescriptor)
  /// Channels of a PC's DMA controllers.
  case dma(DMADescriptor)
  /// The start of one choice among several.
  case startDependent(DependentPriority?)
  /// The end of the choices.
  case endDependent
  /// I/O ports, at one of several places.
  case io(IODescriptor)
  /// I/O ports at one place: base (10 bits) and length.
  case fixedIO(base: UInt16, length: UInt8)
  /// A request line of a DMA controller.
  case fixedDMA(FixedDMADescriptor)
  /// One to seven bytes of a vendor's.
  case vendorShort([UInt8])
  /// Bytes of a vendor's.
  case vendorLong([UInt8])
  /// Memory below 16 MiB, in units of 256 bytes.
  case memory24(MemoryRange<UInt16>)
  /// Memory below 4 GiB, at one of several places.
  case memory32(MemoryRange<UInt32>)
  /// Memory below 4 GiB at one place, in bytes.
  case memory32Fixed(isWritable: Bool, base: UInt32, length: UInt32)
  /// A register anywhere.
  case register(GenericRegister)
  /// A range of memory, ports or buses, with 16, 32 or 64 bits, or with attributes.
  case addressSpace(AddressSpaceDescriptor)
  /// Interrupts by their global numbers.
  case interrupt(ExtendedInterrupt)
  /// Pins of a GPIO controller.
  case gpio(GPIOConnection)
  /// A connection to a serial bus.
  case serialBus(SerialBusConnection)
  /// Pins and what they do.
  case pins(PinDescriptor)
  /// A clock.
  case clockInput(ClockInput)
  /// A descriptor that is none of these, by its first byte and what follows tag and length.
  case unknown(tag: UInt8, payload: [UInt8])
}

/// How good one choice among several is: 0 is best, 2 the worst.
///
/// **Source:** ACPI 6.5, section 6.4.2.3.
public struct DependentPriority: Hashable, Sendable {
  /// How compatible, 0 to 2.
  public var compatibility: UInt8
  /// How fast or robust, 0 to 2.
  public var performance: UInt8

  /// A priority of these ranks.
  public init(compatibility: UInt8, performance: UInt8) {
    self.compatibility = compatibility
    self.performance = performance
  }
}

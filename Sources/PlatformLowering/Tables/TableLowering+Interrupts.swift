import ACPI
import PlatformDescription

extension TableLowering {
  /// The global system interrupt of an interrupt: on arm64 its INTID, on riscv64 the number of the source,
  /// because the first controller's numbers begin at 0.
  ///
  /// **Source:** ACPI 6.5, section 5.2.13; QEMU 10.0 `hw/riscv/virt-acpi-build.c`, `build_madt`.
  mutating func globalInterrupt(
    _ interrupt: Interrupt, at location: SourceLocation?
  ) -> UInt32? {
    guard let (numbers, offset) = numbering(of: interrupt.kind) else {
      let kinds = Interrupt.Kind.allCases.filter { numbering(of: $0) != nil }
      mistake(
        "description/no-such-interrupt",
        "a machine of \(machine.architecture.rawValue) has no \(interrupt.kind.noun)s",
        at: location,
        help: "its interrupts are "
          + kinds.map { ".\($0.rawValue)(…)" }.joined(separator: " and "))
      return nil
    }
    guard numbers.contains(interrupt.number) else {
      mistake(
        "description/no-such-interrupt",
        "there is no \(interrupt.kind.noun) \(interrupt.number): \(numbers.lowerBound) to "
          + "\(numbers.upperBound)", at: location,
        help: interrupt.kind == .gsi && machine.architecture == .arm64
          ? "it is the INTID, 32 more than the number of the SPI" : nil)
      return nil
    }
    return UInt32(interrupt.number + offset)
  }

  /// The numbers of this kind of interrupt, and what is added to make them GSIs.
  private func numbering(of kind: Interrupt.Kind) -> (ClosedRange<Int>, offset: Int)? {
    let all = 0...Int(UInt32.max)
    return switch (machine.architecture, kind) {
    case (.arm64, .spi): (0...987, 32)
    case (.arm64, .ppi): (0...15, 16)
    // Arm IHI 0069, section 2.2: 0 to 15 are software's, 1020 and above mean none.
    case (.arm64, .gsi): (16...1019, 0)
    case (.riscv64, .source): (1...1023, 0)
    case (.riscv64, .gsi): (1...Int(UInt32.max), 0)
    case (.x86_64, .gsi): (all, 0)
    default: nil
    }
  }

  /// The descriptor of an interrupt that a device has for itself.
  mutating func descriptor(
    of interrupt: Interrupt, at location: SourceLocation?
  ) -> (number: UInt32, ResourceDescriptor)? {
    guard let number = globalInterrupt(interrupt, at: location) else { return nil }
    return (number, .interrupt(ExtendedInterrupt([number], mode: interrupt.trigger.mode)))
  }
}

extension Interrupt.Trigger {
  /// The same in a resource descriptor.
  var mode: InterruptMode {
    switch self {
    case .edgeRising: .edgeRising
    case .edgeFalling: InterruptMode(isEdge: true, isActiveLow: true)
    case .levelHigh: .levelHigh
    case .levelLow: InterruptMode(isEdge: false, isActiveLow: true)
    }
  }
}

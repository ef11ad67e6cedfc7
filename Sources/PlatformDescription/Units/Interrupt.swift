/// An interrupt of the machine's interrupt controller, as device trees number it.
///
/// On a GIC, `.spi(16, .edgeRising)` is shared peripheral interrupt 16, INTID 48, and
/// `.ppi(11, .levelLow)` is private peripheral interrupt 11, INTID 27. On a PLIC or an APLIC,
/// `.source(10, .levelHigh)` is interrupt source 10. Under ACPI all of them have one numbering, and
/// `.gsi(48, .edgeRising)` is global system interrupt 48: on a GIC that is INTID 48, on a PC an input
/// of its IOAPICs.
///
/// **Source:** kernel binding `interrupt-controller/arm,gic-v3.yaml`, `#interrupt-cells`; RISC-V
/// Platform-Level Interrupt Controller Specification 1.0, section 4; RISC-V Advanced Interrupt
/// Architecture 1.0, section 4.5; ACPI 6.5, section 5.2.13.
public struct Interrupt: Sendable, Hashable, Codable {
  /// The interrupt's space.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Shared peripheral interrupt: 0 to 987, INTID = number + 32.
    case spi
    /// Private peripheral interrupt, one for each CPU: 0 to 15, INTID = number + 16.
    case ppi
    /// Interrupt source of a PLIC or of an APLIC: 1 to as many as the controller has.
    case source
    /// Global system interrupt, ACPI's numbering of all that a machine has.
    case gsi
  }

  /// When the line fires.
  ///
  /// **Source:** kernel header `dt-bindings/interrupt-controller/irq.h`.
  public enum Trigger: String, Sendable, Hashable, Codable, CaseIterable {
    /// `IRQ_TYPE_EDGE_RISING`, 1.
    case edgeRising
    /// `IRQ_TYPE_EDGE_FALLING`, 2; a GIC takes it for no SPI.
    case edgeFalling
    /// `IRQ_TYPE_LEVEL_HIGH`, 4.
    case levelHigh
    /// `IRQ_TYPE_LEVEL_LOW`, 8; a GIC takes it for no SPI.
    case levelLow
  }

  /// SPI, PPI, source or GSI.
  public var kind: Kind
  /// The number in its space, not the INTID.
  public var number: Int
  /// When the line fires.
  public var trigger: Trigger

  /// Shared peripheral interrupt `number`, 0 to 987: INTID − 32.
  public static func spi(_ number: Int, _ trigger: Trigger) -> Interrupt {
    Interrupt(kind: .spi, number: number, trigger: trigger)
  }

  /// Private peripheral interrupt `number`, 0 to 15: INTID − 16.
  public static func ppi(_ number: Int, _ trigger: Trigger) -> Interrupt {
    Interrupt(kind: .ppi, number: number, trigger: trigger)
  }

  /// Interrupt source `number` of a PLIC or of an APLIC, from 1: 0 is no interrupt.
  ///
  /// A PLIC's specifier has no room for the trigger: there it has to be `.levelHigh`.
  public static func source(_ number: Int, _ trigger: Trigger) -> Interrupt {
    Interrupt(kind: .source, number: number, trigger: trigger)
  }

  /// Global system interrupt `number`, as ACPI numbers those of all controllers: on arm64 the INTID.
  ///
  /// A device tree has no such numbers.
  public static func gsi(_ number: Int, _ trigger: Trigger) -> Interrupt {
    Interrupt(kind: .gsi, number: number, trigger: trigger)
  }

  /// The interrupt `offset` numbers further on, with the same trigger.
  public static func + (interrupt: Self, offset: Int) -> Self {
    let (number, overflow) = interrupt.number.addingReportingOverflow(offset)
    return Interrupt(
      kind: interrupt.kind, number: overflow ? .max : number, trigger: interrupt.trigger)
  }
}

/// Lines of the interrupt controllers of a PC.
///
/// **Source:** ACPI 6.5, section 6.4.2.1.
public struct IRQDescriptor: Hashable, Sendable {
  /// The lines, 0 to 15, as bits.
  public var mask: UInt16
  /// How they are signalled; nil in the short form: a rising edge that isn't shared.
  public var mode: InterruptMode?

  /// Lines as bits, with their mode or in the short form.
  public init(mask: UInt16, mode: InterruptMode? = nil) {
    self.mask = mask
    self.mode = mode
  }

  /// The lines in order.
  public var lines: [Int] { (0..<16).filter { mask >> UInt16($0) & 1 == 1 } }
}

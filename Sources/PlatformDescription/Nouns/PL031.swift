/// A clock of the day: Arm's PL031, 4 KiB of registers, as QEMU, Cloud Hypervisor and Firecracker have
/// one.
///
/// Becomes `rtc@9010000 { compatible = "arm,pl031", "arm,primecell"; … }` with the clock of Arm's
/// peripherals.
///
/// **Source:** kernel binding `rtc/arm,pl031.yaml`.
public struct PL031: Referable, Hashable, Codable {
  /// The address of its registers.
  public var at: GuestAddress
  /// Its interrupt; nil where it has none, as Firecracker's.
  public var interrupt: Interrupt?
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .pl031(self) }
  /// The address of its registers.
  public var referenceAddress: GuestAddress? { at }

  /// A clock at `at`.
  public init(
    at: GuestAddress, interrupt: Interrupt? = nil,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.at = at
    self.interrupt = interrupt
    self.declaration = Declaration(file, line, column)
  }
}

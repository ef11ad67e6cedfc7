/// A serial port: a 16550, as kvmtool, crosvm, Firecracker and QEMU's riscv64 machine have one.
///
/// Becomes `serial@10000000 { compatible = "ns16550a"; reg = <…>; interrupts = <…>;
/// clock-frequency = <1843200>; }`. The first port of a machine is the console of `/chosen` unless
/// ``Chosen`` names another.
///
/// **Source:** kernel binding `serial/8250.yaml`; Linux `drivers/tty/serial/8250/8250_of.c`.
public struct NS16550: Referable, Hashable, Codable {
  /// The address of its registers.
  public var at: GuestAddress
  /// Its interrupt.
  public var interrupt: Interrupt
  /// The size in `reg`, in bytes: 8 registers, shifted by `reg-shift`.
  public var size: ByteCount
  /// `clock-frequency`, in Hz; nil where ``clock`` says it.
  public var clockFrequency: Int?
  /// `clocks`: a ``FixedClock``, as Firecracker writes; nil for none.
  public var clock: Reference?
  /// `current-speed`, in bits a second; nil where nobody has set it.
  public var currentSpeed: Int?
  /// `reg-shift`: register n lies n << shift behind the first; nil for 0.
  public var regShift: Int?
  /// `reg-io-width`, the bytes of an access, 1, 2 or 4; nil for 1.
  public var regIOWidth: Int?
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .ns16550(self) }
  /// The address of its registers.
  public var referenceAddress: GuestAddress? { at }

  /// A port at `at`, whose clock is that of the PC's.
  ///
  /// - Parameters:
  ///   - at: The address of its registers.
  ///   - interrupt: Its interrupt.
  ///   - size: The size in `reg`: QEMU writes 256 bytes, kvmtool and crosvm 8, Firecracker 4 KiB.
  ///   - clockFrequency: `clock-frequency`, in Hz; the driver gives up without a clock.
  ///   - currentSpeed: `current-speed`, in bits a second.
  ///   - regShift: `reg-shift`.
  ///   - regIOWidth: `reg-io-width`, in bytes.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  public init(
    at: GuestAddress, interrupt: Interrupt, size: ByteCount = .bytes(0x100),
    clockFrequency: Int =
      1_843_200, currentSpeed: Int? = nil, regShift: Int? = nil, regIOWidth: Int? = nil,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.at = at
    self.interrupt = interrupt
    self.size = size
    self.clockFrequency = clockFrequency
    self.currentSpeed = currentSpeed
    self.regShift = regShift
    self.regIOWidth = regIOWidth
    self.declaration = Declaration(file, line, column)
  }

  /// A port at `at` with a clock of its own or one that it shares.
  public init(
    at: GuestAddress, interrupt: Interrupt, size: ByteCount = .bytes(0x100), clock: FixedClock,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.at = at
    self.interrupt = interrupt
    self.size = size
    self.clock = Reference(to: clock)
    self.declaration = Declaration(file, line, column)
  }
}

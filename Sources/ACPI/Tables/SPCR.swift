/// The console: the table `SPCR`.
///
/// **Source:** Microsoft, Serial Port Console Redirection Table, revision 2.
public struct SPCR: Hashable, Sendable {
  /// What the port is: 0 16550, 3 PL011, 14 SBSA; as in ``DBG2``.
  public var interfaceType: UInt8
  /// Its registers.
  public var register: GenericRegister
  /// How it interrupts: b0 8259, b1 I/O APIC, b3 GIC, b4 RISC-V's.
  public var interruptType: UInt8
  /// Its GSI.
  public var interrupt: UInt32
  /// 0 as it is, 3 9,600, 4 19,200, 6 57,600, 7 115,200 bauds.
  public var baudRate: UInt8
  /// 0 VT100, 1 VT100+, 2 VT-UTF8, 3 ANSI.
  public var terminalType: UInt8

  /// A console.
  public init(
    interfaceType: UInt8, register: GenericRegister, interruptType: UInt8, interrupt: UInt32
  ) {
    self.interfaceType = interfaceType
    self.register = register
    self.interruptType = interruptType
    self.interrupt = interrupt
    baudRate = 7
    terminalType = 3
  }

  /// Reads the table.
  ///
  /// - Throws: ``ACPIError`` where it is another, or too short.
  public init(_ image: TableImage) throws(ACPIError) {
    let reader = try TableReader(image, "SPCR")
    interfaceType = try reader.byte(36)
    register = try GenericRegister(reader, 40)
    interruptType = try reader.byte(52)
    interrupt = try reader.doubleWord(54)
    baudRate = try reader.byte(58)
    terminalType = try reader.byte(62)
  }

  /// The whole table.
  ///
  /// - Throws: ``ACPIError/Code/notWritable``.
  public func bytes() throws(ACPIError) -> [UInt8] {
    var body = TableBody()
    body.add(bytes: [interfaceType, 0, 0, 0])
    body.add(register)
    body.add(bytes: [interruptType, 0])
    body.add(interrupt)
    // No parity, one stop bit, no flow control.
    body.add(bytes: [baudRate, 0, 1, 0, terminalType, 0])
    // The port is no function of PCI.
    body.add(bytes: [0xff, 0xff, 0xff, 0xff])
    body.reserve(3 + 4 + 1 + 4)
    return try TableHeader("SPCR", revision: 2, oemTableID: "DTGENSPC").table(body.bytes)
  }
}

/// What the machine is, for a hardware-reduced one: the table `FACP`.
///
/// Only what such a machine uses is here; the registers of a PC's power management are 0.
///
/// **Source:** ACPI 6.5, section 5.2.9.
public struct FADT: Hashable, Sendable {
  /// Flags; b20 is hardware-reduced.
  public var flags: UInt32
  /// 0 unspecified, 1 desktop, 4 enterprise server; section 5.2.9, Preferred_PM_Profile.
  public var powerProfile: UInt8
  /// What of a PC is there: b0 legacy devices, b2 no VGA, b5 no RTC.
  public var iaPCBootFlags: UInt16
  /// b0 PSCI, b1 PSCI by HVC.
  public var armBootFlags: UInt16
  /// The address of the DSDT.
  public var dsdt: UInt64
  /// What resets the machine, with the value that does; nil without one.
  public var reset: Reset?
  /// What puts the machine to sleep; nil without one.
  public var sleepControl: GenericRegister?
  /// What tells that it sleeps; nil without one.
  public var sleepStatus: GenericRegister?

  /// A register that resets the machine.
  public struct Reset: Hashable, Sendable {
    /// The register.
    public var register: GenericRegister
    /// What is written to it.
    public var value: UInt8

    /// A register and its value.
    public init(_ register: GenericRegister, value: UInt8) {
      self.register = register
      self.value = value
    }
  }

  /// `HW_REDUCED_ACPI`.
  public static let hardwareReduced: UInt32 = 1 << 20
  /// `RESET_REG_SUP`.
  public static let resetRegister: UInt32 = 1 << 10

  /// A hardware-reduced machine.
  public init(dsdt: UInt64, armBootFlags: UInt16 = 0) {
    flags = Self.hardwareReduced
    powerProfile = 0
    iaPCBootFlags = 0
    self.armBootFlags = armBootFlags
    self.dsdt = dsdt
  }

  /// Reads the table.
  ///
  /// - Throws: ``ACPIError`` where it is another, or too short.
  public init(_ image: TableImage) throws(ACPIError) {
    let reader = try TableReader(image, "FACP")
    powerProfile = try reader.byte(45)
    iaPCBootFlags = try reader.word(109)
    flags = try reader.doubleWord(112)
    armBootFlags = reader.count >= 131 ? try reader.word(129) : 0
    let wide = reader.count >= 148 ? try reader.quadWord(140) : 0
    dsdt = wide != 0 ? wide : UInt64(try reader.doubleWord(40))
    if flags & Self.resetRegister != 0, reader.count >= 129 {
      reset = Reset(try GenericRegister(reader, 116), value: try reader.byte(128))
    }
    if reader.count >= 268 {
      sleepControl = try GenericRegister(reader, 244).orNone
      sleepStatus = try GenericRegister(reader, 256).orNone
    }
  }

  /// The whole table, of ACPI 6.5.
  ///
  /// - Throws: ``ACPIError/Code/notWritable``.
  public func bytes() throws(ACPIError) -> [UInt8] {
    var body = TableBody()
    body.reserve(4)
    // The field of 32 bits would have to agree, and is not looked at.
    body.reserve(4)
    body.add(bytes: [0, powerProfile])
    body.reserve(109 - 46)
    body.add(iaPCBootFlags)
    body.reserve(1)
    body.add(flags | (reset == nil ? 0 : Self.resetRegister))
    body.add(reset?.register)
    body.add(bytes: [reset?.value ?? 0])
    body.add(armBootFlags)
    body.add(bytes: [5])
    body.reserve(8)
    body.add(dsdt)
    body.reserve(8 * 12)
    body.add(sleepControl)
    body.add(sleepStatus)
    body.reserve(8)
    return try TableHeader("FACP", revision: 6, oemTableID: "DTGENFAC").table(body.bytes)
  }
}

extension GenericRegister {
  init(_ reader: TableReader, _ offset: Int) throws(ACPIError) {
    self.init(
      OperationRegion.Space(rawValue: try reader.byte(offset)),
      bitWidth: try reader.byte(offset + 1), bitOffset: try reader.byte(offset + 2),
      accessSize: try reader.byte(offset + 3), address: try reader.quadWord(offset + 4))
  }

  /// Itself, unless all of it is 0, which means that there is none.
  var orNone: GenericRegister? { address == 0 && bitWidth == 0 ? nil : self }
}

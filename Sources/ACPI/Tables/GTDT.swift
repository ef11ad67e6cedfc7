/// The timers of an Arm machine: the table `GTDT`.
///
/// **Source:** ACPI 6.5, section 5.2.25.
public struct GTDT: Hashable, Sendable {
  /// One timer of each processor.
  public struct Timer: Hashable, Sendable {
    /// Its GSI, a PPI's INTID; 0 for none.
    public var interrupt: UInt32
    /// b0 edge, b1 active low, b2 always on.
    public var flags: UInt32

    /// A timer whose interrupt is a level.
    public init(_ interrupt: UInt32, flags: UInt32 = 0) {
      self.interrupt = interrupt
      self.flags = flags
    }
  }

  /// The secure timer of EL1.
  public var secureEL1: Timer
  /// The non-secure timer of EL1.
  public var nonSecureEL1: Timer
  /// The virtual timer.
  public var virtual: Timer
  /// The timer of EL2.
  public var nonSecureEL2: Timer
  /// The virtual timer of EL2; in front of revision 3 there is none.
  public var virtualEL2: Timer

  /// The timers of a guest.
  public init(secureEL1: Timer, nonSecureEL1: Timer, virtual: Timer, nonSecureEL2: Timer) {
    self.secureEL1 = secureEL1
    self.nonSecureEL1 = nonSecureEL1
    self.virtual = virtual
    self.nonSecureEL2 = nonSecureEL2
    virtualEL2 = Timer(0)
  }

  /// Reads the table.
  ///
  /// - Throws: ``ACPIError`` where it is another, or too short.
  public init(_ image: TableImage) throws(ACPIError) {
    let reader = try TableReader(image, "GTDT")
    func timer(_ offset: Int) throws(ACPIError) -> Timer {
      Timer(try reader.doubleWord(offset), flags: try reader.doubleWord(offset + 4))
    }
    secureEL1 = try timer(48)
    nonSecureEL1 = try timer(56)
    virtual = try timer(64)
    nonSecureEL2 = try timer(72)
    virtualEL2 = reader.count >= 104 ? try timer(96) : Timer(0)
  }

  /// The whole table; no counter is in memory, and no timer of the platform's.
  ///
  /// - Throws: ``ACPIError/Code/notWritable``.
  public func bytes() throws(ACPIError) -> [UInt8] {
    var body = TableBody()
    body.add(UInt64.max)
    body.reserve(4)
    for timer in [secureEL1, nonSecureEL1, virtual, nonSecureEL2] {
      body.add(timer.interrupt)
      body.add(timer.flags)
    }
    body.add(UInt64.max)
    body.reserve(8)
    body.add(virtualEL2.interrupt)
    body.add(virtualEL2.flags)
    return try TableHeader("GTDT", revision: 3, oemTableID: "DTGENGTD").table(body.bytes)
  }
}

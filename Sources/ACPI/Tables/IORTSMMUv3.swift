/// An SMMUv3, in the ``IORT``.
///
/// **Source:** Arm DEN 0049E, section 3.1.1.2.
public struct IORTSMMUv3: Hashable, Sendable {
  /// The address of its registers.
  public var base: UInt64
  /// b0 table walks are coherent.
  public var flags: UInt32
  /// 0 for none that needs special care.
  public var model: UInt32
  /// The GSI of events.
  public var eventInterrupt: UInt32
  /// The GSI of page requests.
  public var pageRequestInterrupt: UInt32
  /// The GSI of global errors.
  public var errorInterrupt: UInt32
  /// The GSI of commands that are done.
  public var syncInterrupt: UInt32

  /// An SMMU whose table walks are coherent; its interrupts are four in a row.
  public init(base: UInt64, firstInterrupt: UInt32) {
    self.base = base
    flags = 1
    model = 0
    eventInterrupt = firstInterrupt
    pageRequestInterrupt = firstInterrupt &+ 1
    errorInterrupt = firstInterrupt &+ 2
    syncInterrupt = firstInterrupt &+ 3
  }

  init(_ reader: TableReader) throws(ACPIError) {
    base = try reader.quadWord(16)
    flags = try reader.doubleWord(24)
    model = try reader.doubleWord(40)
    eventInterrupt = try reader.doubleWord(44)
    pageRequestInterrupt = try reader.doubleWord(48)
    errorInterrupt = try reader.doubleWord(52)
    syncInterrupt = try reader.doubleWord(56)
  }

  func write(to body: inout TableBody) {
    body.add(base)
    body.add(flags)
    body.reserve(4 + 8)
    body.add(model)
    body.add(eventInterrupt)
    body.add(pageRequestInterrupt)
    body.add(errorInterrupt)
    body.add(syncInterrupt)
    // The proximity domain, and which mapping its own interrupts take.
    body.reserve(8)
  }
}

/// A device of ACPI's namespace, for what this language has no noun for.
///
/// ```swift
/// ACPIDevice("PRP0001", at: 0xfeb0_1000, size: .kib(4), interrupt: .gsi(10, .levelHigh)) {
///   Property("compatible", "example,watchdog")
///   Property("timeout-sec", 8)
/// }
/// ```
///
/// Becomes `Device (D000) { Name (_HID, "PRP0001") … }` in the SSDT. Derived are `_UID`, the
/// descriptors of `_CRS`, and `_CCA`. What stands in the braces becomes `_DSD`: strings, numbers,
/// references, packages of those, and a sub-node for each ``Node``. `.named("WDT0")` gives it a name.
///
/// **Source:** ACPI 6.5, sections 6.1 and 6.2; UEFI Forum, _DSD Implementation Guide 1.1.
public struct ACPIDevice: Referable, Hashable, Codable {
  /// `_HID`: three letters and four digits, `PNP0501`, or four of both, `LNRO0005`.
  public var hardwareID: String
  /// `_CID`: what it is compatible with, best first.
  public var compatibleIDs: [String]
  /// The memory in `_CRS`, in order.
  public var memory: [AddressRange]
  /// The interrupts in `_CRS`, in order.
  public var interrupts: [Interrupt]
  /// `_CCA`: the device sees what the processors' caches hold, as an emulated one does.
  public var dmaCoherent: Bool
  /// The properties of `_DSD`, and its sub-nodes.
  public var content: [NodeContent]
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .acpiDevice(self) }
  /// The address of its first memory; nil for none.
  public var referenceAddress: GuestAddress? { memory.first?.at }

  /// A device with memory and an interrupt.
  ///
  /// - Parameters:
  ///   - hardwareID: `_HID`.
  ///   - compatibleIDs: `_CID`: what it is compatible with, best first.
  ///   - at: The address of its registers.
  ///   - size: Their size, in bytes.
  ///   - interrupt: Its interrupt; nil for none.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  ///   - content: The properties of `_DSD`, and its sub-nodes.
  public init(
    _ hardwareID: String, compatibleIDs: [String] = [], at: GuestAddress, size: ByteCount,
    interrupt: Interrupt? = nil,
    file: String = #filePath, line: Int = #line, column: Int = #column,
    @NodeBuilder _ content: () -> [NodeContent] = { [] }
  ) {
    self.init(
      hardwareID, compatibleIDs: compatibleIDs, memory: [AddressRange(at: at, size: size)],
      interrupts: interrupt.map { [$0] } ?? [], file: file, line: line, column: column, content)
  }

  /// A device with any number of memory ranges and interrupts.
  ///
  /// - Parameters:
  ///   - hardwareID: `_HID`.
  ///   - compatibleIDs: `_CID`: what it is compatible with, best first.
  ///   - memory: The memory in `_CRS`, in order.
  ///   - interrupts: The interrupts in `_CRS`, in order.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  ///   - content: The properties of `_DSD`, and its sub-nodes.
  public init(
    _ hardwareID: String, compatibleIDs: [String] = [], memory: [AddressRange] = [],
    interrupts: [Interrupt] = [],
    file: String = #filePath, line: Int = #line, column: Int = #column,
    @NodeBuilder _ content: () -> [NodeContent] = { [] }
  ) {
    self.hardwareID = hardwareID
    self.compatibleIDs = compatibleIDs
    self.memory = memory
    self.interrupts = interrupts
    self.dmaCoherent = true
    self.content = content()
    self.declaration = Declaration(file, line, column)
  }

  /// The same device with `_CCA` 0, for hardware behind a VMM that does not snoop caches.
  public func nonCoherent() -> Self {
    var copy = self
    copy.dmaCoherent = false
    return copy
  }
}

/// A bridge from one PCI bus to another, such as a root port.
///
/// ```swift
/// PCIBridge(slot: 2, buses: 1...1) {
///   VirtioPCI(.block, slot: 0)
/// }
/// ```
///
/// Becomes a node, `pci@2,0 { device_type = "pci"; reg = <0x1000 0 0 0 0>; bus-range = <1 1>; … }`,
/// where a function behind it has one. Linux numbers buses itself unless it is told only to look, from
/// the first bridge to the last: number them so.
///
/// **Source:** PCI Bus Binding to IEEE 1275; Linux `drivers/pci/controller/pci-host-common.c`.
public struct PCIBridge: OnPCIBus, Hashable, Codable {
  /// The device on the bus in front of it, 0 to 31.
  public var slot: Int
  /// The function of the device, 0 to 7.
  public var function: Int
  /// `bus-range`: the bus behind it, and the last one that is reached through it.
  public var buses: PCIBusRange
  /// What is on the bus behind it.
  public var content: [PCIContent]
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// A bridge, with the functions behind it in braces.
  ///
  /// - Parameters:
  ///   - slot: The device on the bus in front of it, 0 to 31.
  ///   - function: The function of the device, 0 to 7.
  ///   - buses: The bus behind it to the last that is reached through it, 1 to 255.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  ///   - content: The functions.
  public init(
    slot: Int, function: Int = 0, buses: ClosedRange<Int>,
    file: String = #filePath, line: Int = #line, column: Int = #column,
    @PCIBusBuilder _ content: () -> [PCIContent] = { [] }
  ) {
    self.slot = slot
    self.function = function
    self.buses = PCIBusRange(buses)
    self.content = content()
    self.declaration = Declaration(file, line, column)
  }
}

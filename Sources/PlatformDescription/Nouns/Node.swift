/// A node spelled out, for what this language has no noun for.
///
/// ```swift
/// Node("watchdog", at: 0x0903_0000, size: .kib(4), interrupt: .spi(9, .levelHigh)) {
///   Property("compatible", "example,watchdog")
///   Property("timeout-sec", 8)
/// }
/// ```
public struct Node: Referable, Hashable, Codable {
  /// The name, without the unit address.
  public var name: String
  /// The unit address; with ``size`` also the address in `reg`.
  public var at: GuestAddress?
  /// A unit address that is no plain number, such as `2,0` on a PCI bus; not together with ``at``.
  public var unitAddress: String?
  /// The size in `reg`, in bytes; nil for a node without `reg`, or with one spelled out.
  public var size: ByteCount?
  /// `interrupts`.
  public var interrupt: Interrupt?
  /// The properties and children.
  public var content: [NodeContent]
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .node(self) }
  /// The unit address.
  public var referenceAddress: GuestAddress? { at }

  /// A node, with its properties and children in braces.
  ///
  /// - Parameters:
  ///   - name: The name, without the unit address.
  ///   - at: The unit address.
  ///   - size: With it, `reg` is written from both.
  ///   - interrupt: With it, `interrupts` is written.
  ///   - label: What others call it.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  ///   - content: The properties and children.
  public init(
    _ name: String, at: GuestAddress? = nil, size: ByteCount? = nil, interrupt: Interrupt? = nil,
    label: Label? = nil,
    file: String = #filePath, line: Int = #line, column: Int = #column,
    @NodeBuilder _ content: () -> [NodeContent] = { [] }
  ) {
    self.name = name
    self.at = at
    self.size = size
    self.interrupt = interrupt
    self.content = content()
    self.declaration = Declaration(file, line, column)
    self.declaration.label = label
  }

  /// A node whose unit address is no plain number, as on a PCI bus.
  ///
  /// - Parameters:
  ///   - name: The name, without the unit address.
  ///   - unitAddress: What stands behind the `@`: `2,0`.
  ///   - label: What others call it.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  ///   - content: The properties and children.
  public init(
    _ name: String, unitAddress: String, label: Label? = nil,
    file: String = #filePath, line: Int = #line, column: Int = #column,
    @NodeBuilder _ content: () -> [NodeContent] = { [] }
  ) {
    self.init(name, label: label, file: file, line: line, column: column, content)
    self.unitAddress = unitAddress
  }
}

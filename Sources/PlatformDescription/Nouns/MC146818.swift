/// A clock of the day: the PC's MC146818 behind two bytes of memory, as kvmtool has one.
///
/// Becomes `rtc@1010000 { compatible = "motorola,mc146818"; reg = <…>; }`.
///
/// **Source:** kernel binding `rtc/rtc-cmos.txt`; kvmtool `hw/rtc.c`, `generate_rtc_fdt_node`.
public struct MC146818: Referable, Hashable, Codable {
  /// The address of its index register; that for data lies behind it.
  public var at: GuestAddress
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .mc146818(self) }
  /// The address of its registers.
  public var referenceAddress: GuestAddress? { at }

  /// A clock at `at`.
  public init(
    at: GuestAddress,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.at = at
    self.declaration = Declaration(file, line, column)
  }
}

/// A clock of one frequency, for the devices whose drivers ask for one.
///
/// Becomes `clock-1843200 { compatible = "fixed-clock"; #clock-cells = <0>; clock-frequency = <…>; }`.
/// The clock of Arm's peripherals is written by itself: every ``PL011``, ``PL031`` and ``PL061`` shares
/// it. On a machine that is written out, one of 24 MHz beside them is that clock.
///
/// **Source:** kernel binding `clock/fixed-clock.yaml`.
public struct FixedClock: Referable, Hashable, Codable {
  /// The name of its node; unique in its machine.
  public var name: String
  /// `clock-frequency`, in Hz.
  public var frequency: Int
  /// `clock-output-names`; nil for none.
  public var outputName: String?
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .fixedClock(self) }
  /// It has none: the line where it was written tells it from its like.
  public var referenceAddress: GuestAddress? { nil }

  /// A clock of `frequency` Hz whose node is called `name`.
  public init(
    _ name: String, frequency: Int, outputName: String? = nil,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.name = name
    self.frequency = frequency
    self.outputName = outputName
    self.declaration = Declaration(file, line, column)
  }
}

/// A short name for a node: a property of `/aliases`.
///
/// **Source:** Devicetree Specification 0.4, section 3.3.
public struct Alias: Component, Hashable, Codable {
  /// The name: `serial0`.
  public var name: String
  /// The node that it stands for.
  public var target: Reference
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .alias(self) }

  /// `name` stands for `target`.
  public init(
    _ name: String, for target: some Referable,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.name = name
    self.target = Reference(to: target)
    self.declaration = Declaration(file, line, column)
  }

  /// `name` stands for the node that is labelled `label`.
  public init(
    _ name: String, for label: Label,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.name = name
    self.target = Reference(to: label)
    self.declaration = Declaration(file, line, column)
  }
}

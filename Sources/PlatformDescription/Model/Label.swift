/// A name for a node, by which other parts of a description refer to it, before or after it.
///
/// Most nouns are referred to as the values that they are. Nodes that refer to each other in a circle,
/// and nodes inside other nodes, are labelled:
///
/// ```swift
/// let panel = Label("panel")
/// let output = Label("output")
///
/// Node("endpoint", label: panel) { Property("remote-endpoint", .phandle(output)) }
/// ```
///
/// **Source:** Devicetree Specification 0.4, section 6.2 (labels), and dtc's `-@`, which writes them to
/// `/__symbols__`.
public struct Label: Sendable, Hashable, Codable {
  /// The label: letters, digits and `_`, no digit first; unique in its machine.
  public var name: String
  /// Where it was written.
  public var location: SourceLocation?

  /// A label.
  public init(
    _ name: String, file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.name = name
    self.location = SourceLocation(file: file, line: line, column: column)
  }
}

/// What a value consists of.
public struct ValueReading: Sendable, Hashable {
  /// The form of the whole value.
  public enum Form: Sendable, Hashable {
    /// No bytes: the presence of the property says it all.
    case empty
    /// NUL-terminated strings.
    case strings
    /// 32-bit cells, which people write in hexadecimal.
    case cells
    /// 32-bit cells that people count in: frequencies, numbers of cells.
    case counts
    /// Single bytes.
    case bytes
  }

  /// The form of the whole value.
  public var form: Form
  /// The indices of the cells that hold the phandle of a node of the tree, in order.
  public var references: [Int]
  /// Where the entries of the list start, as indices of cells; empty where the name says nothing of
  /// entries.
  public var entries: [Int] = []
  /// Whether ``references`` are all that there are.
  ///
  /// False for a property whose name says nothing: any cell of it that equals a phandle may be one.
  public var isCertain: Bool

  /// A value of this form.
  public init(_ form: Form, references: [Int] = [], isCertain: Bool = true) {
    self.form = form
    self.references = references
    self.isCertain = isCertain
  }
}

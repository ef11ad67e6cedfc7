/// One thing that a laid out model has otherwise than the tree.
struct Discrepancy {
  /// What is otherwise.
  enum Kind {
    /// The model has no such property.
    case missing(String)
    /// The value is another.
    case different(String)
    /// Only the model has the property.
    case superfluous(String)
    /// The phandle has no number, or one that has to be another.
    case phandle
    /// The model has no such child.
    case missingChild(Int)
    /// Only the model has the child.
    case superfluousChild(String)
    /// The name before the `@` is another.
    case renamed
    /// The unit address is another.
    case moved
  }

  /// The node of the tree.
  var node: Int
  /// What is otherwise.
  var kind: Kind
}

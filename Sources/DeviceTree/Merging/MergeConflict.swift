/// Why a description's tree can't be merged onto a base.
public struct MergeConflict: Sendable, Hashable {
  /// What is in the way.
  public enum Kind: Sendable, Hashable {
    /// Several nodes of the base could be meant; these are their paths.
    case ambiguous([String])
    /// Another node of the description, at this path, is the same node of the base.
    case taken(base: String, by: String)
    /// The name is another node's in the base.
    case name(base: String)
    /// The node of the base is another device; the names are the base's `compatible`.
    case otherDevice(base: String, compatible: [String])
    /// A count of cells differs: numbers would be read wrongly.
    case cells(base: String, property: String, was: UInt32?, is: UInt32)
    /// The `reg` of a processor doesn't fit the base's cells.
    case processor(base: String, cells: UInt32)
    /// The phandle that the description states is another node's in the base, or the node has
    /// another there.
    case phandle(UInt32, base: String)
  }

  /// The path of the node of the description.
  public var node: String
  /// What is in the way.
  public var kind: Kind

  /// A conflict.
  public init(node: String, kind: Kind) {
    self.node = node
    self.kind = kind
  }
}

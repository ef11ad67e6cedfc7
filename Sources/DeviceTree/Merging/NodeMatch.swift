/// A node of a description and the node of a base that stands for the same thing.
public struct NodeMatch: Sendable, Hashable {
  /// How that is known.
  public enum Means: Sendable, Hashable {
    /// Both have the same path.
    case path
    /// Both stand at one address, and are compatible with one device.
    case address
    /// Both are the processor with this `reg`.
    case processor
    /// A machine has one of it.
    case role(String)

    /// The same in words: lower case, to follow "by".
    public var description: String {
      switch self {
      case .path: "path"
      case .address: "address"
      case .processor: "reg of the processor"
      case .role(let role): "role (\(role))"
      }
    }
  }

  /// The path of the node of the description.
  public var node: String
  /// The path of the node of the base, and of the merged tree.
  public var base: String
  /// How that is known.
  public var means: Means
}

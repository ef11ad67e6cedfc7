/// Why a tree can't be imported.
public struct ImportError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The path of the node concerned; nil for the tree as a whole.
  public let nodePath: String?
  /// What is wrong and what was expected: lower case, no full stop.
  public let message: String
  /// Whether it is our fault: the tree is fine, and we can't describe it.
  public let isInternal: Bool

  init(_ message: String, at nodePath: String? = nil, isInternal: Bool = false) {
    self.message = message
    self.nodePath = nodePath
    self.isInternal = isInternal
  }

  /// The message, with its place in front of it.
  public var description: String { nodePath.map { "\($0): \(message)" } ?? message }
}

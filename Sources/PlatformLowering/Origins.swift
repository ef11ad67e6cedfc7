public import PlatformDescription

/// Which part of a description each node and property of a tree comes from.
public struct Origins: Sendable {
  private var nodes: [String: Declaration] = [:]
  private var properties: [String: SourceLocation] = [:]

  init() {}

  mutating func record(_ declaration: Declaration, at path: String) {
    nodes[path] = declaration
  }

  mutating func record(_ location: SourceLocation?, of property: String, at path: String) {
    properties[path + "\0" + property] = location
  }

  /// What the node at `path` was declared as; nil for a node that nobody wrote down.
  public func declaration(at path: String) -> Declaration? { nodes[path] }

  /// The line that the node at `path` comes from, or its nearest ancestor that was written down.
  ///
  /// - Parameters:
  ///   - path: The path of the node.
  ///   - property: A property of it, which may have a line of its own.
  /// - Returns: The place, or nil for a model without places.
  public func location(of path: String, property: String? = nil) -> SourceLocation? {
    if let property, let location = properties[path + "\0" + property] { return location }
    for path in Self.ancestry(of: path) {
      if let location = nodes[path]?.location { return location }
    }
    return nil
  }

  /// The allowances that apply to the node at `path`: its own and its ancestors'.
  public func allowances(for path: String) -> [(path: String, allowance: Allowance)] {
    Self.ancestry(of: path).flatMap { path in
      (nodes[path]?.allowances ?? []).map { (path, $0) }
    }
  }

  /// Every allowance of the machine, by the path of its node, in the order of the paths.
  public var allowances: [(path: String, allowance: Allowance)] {
    nodes.keys.sorted().flatMap { path in
      (nodes[path]?.allowances ?? []).map { (path, $0) }
    }
  }

  /// `path`, its parent, and so on up to the root.
  private static func ancestry(of path: String) -> [String] {
    var result = [path]
    var rest = path[...]
    while let slash = rest.lastIndex(of: "/"), rest.count > 1 {
      rest = rest[..<slash]
      result.append(rest.isEmpty ? "/" : String(rest))
    }
    return result
  }
}

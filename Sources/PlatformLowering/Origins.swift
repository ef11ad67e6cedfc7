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

  /// The same with other paths: `paths` gives the new one of each old one.
  func moved(_ paths: [String: String]) -> Origins {
    var moved = Origins()
    for (path, declaration) in nodes { moved.nodes[paths[path] ?? path] = declaration }
    for (key, location) in properties {
      let parts = key.split(separator: "\0", omittingEmptySubsequences: false)
      guard parts.count == 2 else { continue }
      let path = paths[String(parts[0])] ?? String(parts[0])
      moved.properties[path + "\0" + parts[1]] = location
    }
    return moved
  }

  /// What the node at `path` was declared as; nil for a node that nobody wrote down.
  public func declaration(at path: String) -> Declaration? { nodes[path] }

  /// The line that the node at `path` comes from, or its nearest ancestor that was written down.
  ///
  /// - Parameters:
  ///   - path: The path of the node.
  ///   - property: A property of it, which may have a line of its own.
  ///   - element: A part of it, which may have one too: an entry of a list, `ranges[1]`, or a
  ///     function of a PCI host, `function 00:01.0`.
  /// - Returns: The place, or nil for a model without places.
  public func location(
    of path: String, property: String? = nil, element: String? = nil
  ) -> SourceLocation? {
    if let element {
      if let location = properties[path + "\0" + element] { return location }
      // `ranges[1].size` is a part of `ranges[1]`.
      if let end = element.firstIndex(of: "]"),
        let location = properties[path + "\0" + element[...end]]
      {
        return location
      }
    }
    if let property, let location = properties[path + "\0" + property] { return location }
    if let location = nodes[path]?.location { return location }
    for path in Self.ancestry(of: path).dropFirst() {
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

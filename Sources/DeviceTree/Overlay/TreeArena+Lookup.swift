/// What came of looking for a node as libfdt does.
enum Lookup {
  case found(Int)
  /// Several children have the name that was given without a unit address.
  case ambiguous(parent: Int, name: String)
  /// The last node of the path that is there, and the name that it has no child of.
  case missing(parent: Int, name: String)
  /// The path starts with no `/`, and with no alias.
  case notAPath
}

extension TreeArena {
  /// The child of `node` that `name` means to libfdt, which lets a unit address be left out.
  ///
  /// Where the name then fits several children, libfdt takes the first of an order that depends on
  /// what was laid over before; that is no meaning, and is not guessed at.
  ///
  /// **Source:** libfdt 1.6.1 `fdt_ro.c`, `fdt_nodename_eq_`.
  func find(_ name: String, of node: Int) -> Lookup {
    if name.utf8.contains(UInt8(ascii: "@")) {
      return child(name, of: node).map(Lookup.found) ?? .missing(parent: node, name: name)
    }
    guard let found = children(called: name, of: node) else {
      return .missing(parent: node, name: name)
    }
    if found.count == 1 { return .found(found.first) }
    return child(name, of: node).map(Lookup.found) ?? .ambiguous(parent: node, name: name)
  }

  /// The node that `path` means to libfdt: from the root, or from the node of an alias.
  ///
  /// **Source:** libfdt 1.6.1 `fdt_ro.c`, `fdt_path_offset_namelen`.
  func resolve(_ path: String) -> Lookup {
    var names = path.split(separator: "/").map(String.init)
    var node = 0
    if path.utf8.first != UInt8(ascii: "/") {
      guard let alias = names.first, let aliases = child("aliases", of: 0),
        let aliased = value(alias, of: aliases)?.text, aliased.utf8.first == UInt8(ascii: "/"),
        case .found(let start) = resolve(aliased)
      else { return .notAPath }
      names.removeFirst()
      node = start
    }
    for name in names {
      let lookup = find(name, of: node)
      guard case .found(let next) = lookup else { return lookup }
      node = next
    }
    return .found(node)
  }
}

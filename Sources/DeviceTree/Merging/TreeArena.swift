/// A tree that can be looked up and changed at any place in constant time.
///
/// A ``Tree`` is a value of nested values: to change one of its million nodes costs a walk. What
/// merges trees that anybody may have made works on this, and makes a ``Tree`` of it at the end.
struct TreeArena {
  /// Where a node or property was read: the number of its tree, and its index there.
  struct Origin: Sendable, Hashable {
    var source: Int
    var index: Int
  }

  /// A property and where it was read.
  struct Slot {
    var property: Property
    var origin: Origin?
  }

  /// A node; its parent comes before it.
  struct Entry {
    var name: String
    var parent: Int
    var origin: Origin?
    var slots: [Slot] = []
    var children: [Int] = []
  }

  private struct Key: Hashable {
    var node: Int
    var name: String
  }

  private(set) var entries: [Entry] = []
  private var children: [Key: Int] = [:]
  /// The children of each name before the `@`: the first, and how many there are.
  private var bases: [Key: (first: Int, count: Int)] = [:]
  private var slots: [Key: Int] = [:]
  private var phandles: [UInt32: Int] = [:]

  /// The content of `tree`, which is the source of this number.
  init(_ tree: FlattenedTree, source: Int) {
    entries.reserveCapacity(tree.nodeCount)
    for node in tree.nodes {
      let parent = node.parent?.index ?? -1
      let position = append(
        node.name, to: parent, origin: Origin(source: source, index: node.index))
      for property in node.properties {
        set(
          Property(property.name, PropertyValue(bytes: Array(property.bytes))), of: position,
          origin: Origin(source: source, index: property.index), keepsFirst: true)
      }
    }
  }

  /// The content of `tree`.
  init(_ tree: Tree) {
    var walk = TreeWalk(tree.root)
    var open: [Int] = []
    while let step = walk.next() {
      guard case .enter(let node) = step else {
        open.removeLast()
        continue
      }
      let position = append(node.name, to: open.last ?? -1, origin: nil)
      for property in node.properties {
        set(property, of: position, origin: nil, keepsFirst: true)
      }
      open.append(position)
    }
  }

  /// The child of `node` with exactly this name; the first of several.
  func child(_ name: String, of node: Int) -> Int? { children[Key(node: node, name: name)] }

  /// The children of `node` that are `name` before the `@`: the first, and how many there are.
  func children(called name: String, of node: Int) -> (first: Int, count: Int)? {
    bases[Key(node: node, name: name)]
  }

  /// The position of the property among those of `node`.
  func slot(_ name: String, of node: Int) -> Int? { slots[Key(node: node, name: name)] }

  /// The value of a property.
  func value(_ name: String, of node: Int) -> PropertyValue? {
    slot(name, of: node).map { entries[node].slots[$0].property.value }
  }

  /// The node with this phandle; the first of several.
  func node(phandle: UInt32) -> Int? { phandles[phandle] }

  /// The phandle of `node`; nil for none, and for one that libfdt doesn't take for one.
  ///
  /// **Source:** libfdt 1.6.1 `fdt_ro.c`, `fdt_get_phandle`.
  func phandle(of node: Int) -> UInt32? {
    for name in ["phandle", "linux,phandle"] {
      if let phandle = value(name, of: node)?.u32 { return phandle == 0 ? nil : phandle }
    }
    return nil
  }

  /// The largest phandle of the tree; 0 where there is none.
  var largestPhandle: UInt32 { phandles.keys.max() ?? 0 }

  /// The path of `node`, `/` for the root.
  func path(of node: Int) -> String {
    var names: [String] = []
    var current = node
    while current > 0 {
      names.append(entries[current].name)
      current = entries[current].parent
    }
    return "/" + names.reversed().joined(separator: "/")
  }

  /// The node at `path`, spelled out in full.
  func node(at path: String) -> Int? {
    guard path.utf8.first == UInt8(ascii: "/") else { return nil }
    var node = 0
    for name in path.split(separator: "/") {
      guard let child = child(String(name), of: node) else { return nil }
      node = child
    }
    return node
  }

  /// Appends a child, whose name no other child may have.
  mutating func addChild(_ name: String, to node: Int, origin: Origin? = nil) -> Int {
    append(name, to: node, origin: origin)
  }

  /// Replaces the property of this name, or appends it.
  mutating func set(_ property: Property, of node: Int, origin: Origin? = nil) {
    set(property, of: node, origin: origin, keepsFirst: false)
  }

  /// Takes the property of this name away, if there is one; returns whether there was.
  ///
  /// Not one that is a phandle.
  mutating func remove(_ name: String, of node: Int) -> Bool {
    guard let position = slots.removeValue(forKey: Key(node: node, name: name)) else {
      return false
    }
    entries[node].slots.remove(at: position)
    for (index, slot) in entries[node].slots.enumerated() where index >= position {
      slots[Key(node: node, name: slot.property.name)] = index
    }
    return true
  }

  /// Writes `cell` into a value, most significant byte first; false where it doesn't fit.
  mutating func write(_ cell: UInt32, at offset: Int, slot: Int, of node: Int) -> Bool {
    let count = entries[node].slots[slot].property.value.bytes.count
    guard offset >= 0, count >= 4, offset <= count - 4 else { return false }
    for (index, byte) in PropertyValue.u32(cell).bytes.enumerated() {
      entries[node].slots[slot].property.value.bytes[offset + index] = byte
    }
    notePhandle(entries[node].slots[slot].property, of: node)
    return true
  }

  private mutating func append(_ name: String, to parent: Int, origin: Origin?) -> Int {
    let position = entries.count
    entries.append(Entry(name: name, parent: parent, origin: origin))
    guard parent >= 0 else { return position }
    entries[parent].children.append(position)
    let key = Key(node: parent, name: name)
    if children[key] == nil { children[key] = position }
    let base = Key(node: parent, name: String(name.prefix { $0 != "@" }))
    bases[base, default: (position, 0)].count += 1
    return position
  }

  private mutating func set(
    _ property: Property, of node: Int, origin: Origin?, keepsFirst: Bool
  ) {
    let key = Key(node: node, name: property.name)
    if let position = slots[key] {
      // Of several properties of one name in a file the first counts, and the writer refuses them.
      if keepsFirst {
        entries[node].slots.append(Slot(property: property, origin: origin))
        return
      }
      entries[node].slots[position] = Slot(property: property, origin: origin)
    } else {
      slots[key] = entries[node].slots.count
      entries[node].slots.append(Slot(property: property, origin: origin))
    }
    notePhandle(property, of: node)
  }

  private mutating func notePhandle(_ property: Property, of node: Int) {
    guard property.name == "phandle" || property.name == "linux,phandle",
      let phandle = property.value.u32, phandle != 0
    else { return }
    if let first = phandles[phandle], first <= node { return }
    phandles[phandle] = node
  }
}

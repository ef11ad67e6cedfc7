/// What has to be known before libfdt is called: that the tree can be written, and how long it gets.
///
/// libfdt writes whatever it is told, duplicate names included; what dtc would refuse is refused here,
/// with the node's path.
struct WritingPlan {
  /// The size of the buffer, in bytes.
  ///
  /// Exact, but for a name that is the end of another: libfdt stores such a pair once.
  private(set) var bufferSize: Int
  /// Whether libfdt may look for each name among those it has stored.
  private(set) var sharesNames: Bool

  // Devicetree Specification 0.4: 5.2, a header of ten cells, which libfdt (fdt_sw.c:
  // fdt_create_with_flags) rounds up to the size of a reservation; 5.3, entries of two 64-bit
  // numbers; 5.4.1, tokens of one cell.
  private static let headerSize = 48
  private static let reservationSize = 16
  private static let tokenSize = 4

  // libfdt looks a name up by comparing it at every byte of the strings block. That is fast for the
  // few hundred bytes of a usual tree, and quadratic where most names differ, as in the
  // `__symbols__` of a large one. Beyond this many comparisons, about a second, each property
  // stores its own name.
  private static let affordableComparisons = 1 << 29

  init(_ tree: Tree) throws(DeviceTreeError) {
    var size = Self.headerSize + Self.reservationSize * (tree.memoryReservations.count + 1)
    for reservation in tree.memoryReservations where reservation.size == 0 {
      throw DeviceTreeError(
        .notWritable,
        "the memory reservation at \(hex(reservation.address)) has size 0, which ends the list")
    }
    guard tree.root.name.isEmpty else {
      throw DeviceTreeError(
        .badName, "the root node is named '\(sanitised(tree.root.name))'; its name is empty",
        nodePath: "/")
    }
    var names = Set<String>()
    var distinctNames = 0
    var allNames = 0
    var propertyCount = 0
    var walk = TreeWalk(tree.root)
    while let step = walk.next() {
      guard case .enter(let node) = step else { continue }
      try Self.check(node, in: walk)
      size += 2 * Self.tokenSize + Self.aligned(node.name.utf8.count + 1)
      for property in node.properties {
        size += 3 * Self.tokenSize + Self.aligned(property.value.bytes.count)
        let length = property.name.utf8.count + 1
        allNames += length
        if names.insert(property.name).inserted { distinctNames += length }
      }
      propertyCount += node.properties.count
    }
    size += Self.tokenSize
    sharesNames = distinctNames <= Self.affordableComparisons / max(1, propertyCount)
    bufferSize = size + (sharesNames ? distinctNames : allNames)
    // libfdt counts in int.
    guard bufferSize <= Int(Int32.max) else {
      throw DeviceTreeError(
        .limitExceeded, "the tree needs \(bufferSize) bytes; at most \(Int32.max) can be written")
    }
  }

  private static func aligned(_ count: Int) -> Int { (count + 3) & ~3 }

  private static func check(_ node: Node, in walk: TreeWalk) throws(DeviceTreeError) {
    let deepest = Limits().maximumDepth
    guard walk.depth <= deepest else {
      throw DeviceTreeError(
        .limitExceeded, "nodes are nested more than \(deepest) deep", nodePath: walk.path)
    }
    if walk.depth > 1, let defect = NameRules.defect(ofNode: node.name.utf8) {
      throw DeviceTreeError(
        .badName, "the node name '\(sanitised(node.name))' \(defect)", nodePath: walk.path)
    }
    for property in node.properties {
      guard let defect = NameRules.defect(ofProperty: property.name.utf8) else { continue }
      throw DeviceTreeError(
        .badName, "the property name '\(sanitised(property.name))' \(defect)",
        nodePath: walk.path)
    }
    if let name = firstDuplicate(node.properties, of: \.name) {
      throw DeviceTreeError(
        .duplicateName, "two properties are named '\(sanitised(name))'", nodePath: walk.path)
    }
    if let name = firstDuplicate(node.children, of: \.name) {
      throw DeviceTreeError(
        .duplicateName, "two children are named '\(sanitised(name))'", nodePath: walk.path)
    }
  }

  private static func firstDuplicate<Element>(
    _ elements: [Element], of name: (Element) -> String
  ) -> String? {
    // Comparing a few is cheaper than hashing them, and most nodes have a few.
    if elements.count <= 8 {
      for position in elements.indices.dropFirst() {
        let candidate = name(elements[position])
        if elements[..<position].contains(where: { name($0) == candidate }) { return candidate }
      }
      return nil
    }
    var seen = Set<String>(minimumCapacity: elements.count)
    return elements.lazy.map(name).first { !seen.insert($0).inserted }
  }
}

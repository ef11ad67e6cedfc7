import DeviceTree
import GuestView

/// An overlay as what applies it sees it: fragments, and the places where phandles are filled in.
///
/// **Source:** libfdt 1.6.1 `fdt_overlay.c`; Linux `drivers/of/resolver.c` and `drivers/of/overlay.c`.
struct OverlayTree {
  /// A child of the root that holds changes.
  struct Fragment {
    let node: FlattenedTree.Node
    /// The changes.
    let overlay: FlattenedTree.Node
  }

  /// One entry of `__fixups__`: a place that gets the phandle of a label of the base.
  struct Fixup {
    /// The property of `__fixups__`, named after the label.
    let property: FlattenedTree.Property
    /// The entry, as `/fragment@0:target:0`.
    let text: String
    /// What the entry says, or why it says nothing.
    let place: Result<Place, Fault>
  }

  /// One cell of `__local_fixups__`: a place that holds the phandle of a node of the overlay itself.
  struct LocalFixup {
    /// The property of `__local_fixups__`.
    let property: FlattenedTree.Property
    /// The cell of it; nil where the fault is the property as a whole.
    let cell: Int?
    /// What the cell says, or why it says nothing.
    let place: Result<Place, Fault>
  }

  /// Four bytes of a property.
  struct Place {
    let property: FlattenedTree.Property
    /// Where they start in the value, in bytes.
    let offset: Int

    /// What they hold.
    var value: UInt32 {
      let start = property.byteRange.lowerBound + offset
      return property.tree.bytes[start..<(start + 4)].reduce(0) { $0 << 8 | UInt32($1) }
    }
  }

  /// Why there is no such place.
  enum Fault: Error {
    /// The entry is not a path, a property and an offset.
    case malformed
    /// There is no node of that path.
    case withoutNode
    /// The node has no such property.
    case withoutProperty(FlattenedTree.Node)
    /// The property ends before the place does.
    case behindEnd(FlattenedTree.Property, offset: Int)
  }

  let fragments: [Fragment]
  let fixups: [Fixup]
  let localFixups: [LocalFixup]
  /// Whether there is a node `__fixups__` at all.
  let hasFixups: Bool

  /// Nil where `view` is of no overlay.
  init?(_ view: GuestView) {
    let tree = view.tree
    guard view.isOverlay else { return nil }
    fragments = tree.root.children.compactMap { node in
      node.child("__overlay__").map { Fragment(node: node, overlay: $0) }
    }
    let children = ChildIndex(tree)
    let fixups = tree.root.child("__fixups__")
    hasFixups = fixups != nil
    self.fixups = (fixups.map { Array($0.properties) } ?? []).flatMap { property in
      Self.entries(of: property).map { entry in
        Fixup(property: property, text: entry, place: Self.place(entry, children, view))
      }
    }
    localFixups =
      tree.root.child("__local_fixups__").map { Self.localFixups(in: $0, children, view) } ?? []
  }

  /// Whether every entry of `__fixups__` leads to a placeholder.
  var fixupsAreSound: Bool {
    fixups.allSatisfy { (try? $0.place.get())?.value == .max }
  }

  /// Whether every cell of `__local_fixups__` leads to a phandle of the overlay.
  func localFixupsAreSound(_ view: GuestView) -> Bool {
    localFixups.allSatisfy { fixup in
      (try? fixup.place.get()).map { view.phandles.node(for: $0.value) != nil } ?? false
    }
  }

  /// Where the places of the fixups are, as property and offset, to ask whether one of them is some
  /// cell.
  var places: Set<[Int]> {
    var places: Set<[Int]> = []
    for place in fixups.map(\.place) + localFixups.map(\.place) {
      guard let place = try? place.get() else { continue }
      places.insert([place.property.index, place.offset])
    }
    return places
  }

  /// A string list; one that doesn't end in a NUL has a last entry that can't be read.
  private static func entries(of property: FlattenedTree.Property) -> [String] {
    guard property.bytes.last == 0 else { return [""] }
    return property.bytes.dropLast().split(separator: 0, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  private static func place(
    _ entry: String, _ children: ChildIndex, _ view: GuestView
  ) -> Result<Place, Fault> {
    let parts = entry.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, !parts[0].isEmpty, !parts[1].isEmpty, !parts[2].isEmpty,
      parts[2].utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let offset = Int(parts[2])
    else { return .failure(.malformed) }
    guard let node = children.node(at: parts[0]) else { return .failure(.withoutNode) }
    return place(String(parts[1]), of: node, offset: offset)
  }

  private static func place(
    _ name: String, of node: FlattenedTree.Node, offset: Int
  ) -> Result<Place, Fault> {
    guard let property = node.property(name) else { return .failure(.withoutProperty(node)) }
    guard offset <= property.count - 4 else {
      return .failure(.behindEnd(property, offset: offset))
    }
    return .success(Place(property: property, offset: offset))
  }

  /// The nodes below `__local_fixups__` are those of the overlay, from the root on.
  private static func localFixups(
    in container: FlattenedTree.Node, _ children: ChildIndex, _ view: GuestView
  ) -> [LocalFixup] {
    var result: [LocalFixup] = []
    // What each node stands for; ancestors come first in document order.
    var counterparts: [Int: FlattenedTree.Node] = [container.index: view.tree.root]
    for node in [container] + Array(container.descendants) {
      if node != container, let parent = node.parent, let above = counterparts[parent.index] {
        counterparts[node.index] = children.child(named: node.name, of: above)
      }
      let counterpart = counterparts[node.index]
      for property in node.properties {
        guard let counterpart else {
          result.append(LocalFixup(property: property, cell: nil, place: .failure(.withoutNode)))
          continue
        }
        guard property.count > 0, property.count % 4 == 0 else {
          result.append(LocalFixup(property: property, cell: nil, place: .failure(.malformed)))
          continue
        }
        for cell in 0..<property.cellCount {
          result.append(
            LocalFixup(
              property: property, cell: cell,
              place: place(
                property.name, of: counterpart, offset: Int(property.cell(cell) ?? .max))))
        }
      }
    }
    return result
  }
}

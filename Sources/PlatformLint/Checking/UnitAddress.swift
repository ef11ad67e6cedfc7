import DeviceTree
import GuestView

/// What stands behind the `@` of a name, against what stands in `reg`.
enum UnitAddress {
  /// Whether something stands behind an `@`.
  static func exists(in node: FlattenedTree.Node) -> Bool {
    exists(inNodeAt: node.index, of: node.tree)
  }

  /// The same for the node at a position.
  static func exists(inNodeAt index: Int, of tree: FlattenedTree) -> Bool {
    tree.unitAddressByteRange(ofNodeAt: index).map { !$0.isEmpty } ?? false
  }

  /// The positions of the enabled nodes that have something behind an `@`.
  static func positions(in view: GuestView) -> some Sequence<Int> {
    view.tree.nodes.indices.lazy.filter { index in
      exists(inNodeAt: index, of: view.tree) && view.isEnabled(nodeAt: index)
    }
  }

  /// Whether the addresses of `node` are those of memory: a child of the root or of a simple-bus,
  /// but no region of `/reserved-memory`.
  static func isOnMemoryBus(_ node: FlattenedTree.Node, _ view: GuestView) -> Bool {
    guard let parent = node.parent, !view.isPCI(parent) else { return false }
    return parent.index == 0 || parent.isCompatible("simple-bus")
  }

  /// Which nodes have the addresses of memory on their children, by position: the root and every
  /// simple-bus.
  static func memoryBuses(in view: GuestView) -> [Bool] {
    var buses = [Bool](repeating: false, count: view.tree.nodeCount)
    for bus in view.nodes(compatibleWith: "simple-bus") { buses[bus.index] = !view.isPCI(bus) }
    buses[0] = true
    return buses
  }

  /// Whether what stands behind the `@` is `address` in the digits that are usual, as most are.
  static func isPlainly(_ address: UInt64, inNodeAt index: Int, of tree: FlattenedTree) -> Bool {
    guard let range = tree.unitAddressByteRange(ofNodeAt: index), (1...16).contains(range.count)
    else { return false }
    var number: UInt64 = 0
    for byte in tree.bytes[range] {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number << 4 | UInt64(byte & 0xf)
      case UInt8(ascii: "a")...UInt8(ascii: "f"):
        number = number << 4 | UInt64(byte - UInt8(ascii: "a") + 10)
      default: return false
      }
    }
    return number == address
  }

  /// Whether `unit` gives the cells of the address one by one, as in `1,4000` for chip select 1.
  static func listsCells(_ unit: String, of node: FlattenedTree.Node, _ view: GuestView) -> Bool {
    guard unit.contains(","), let parent = node.parent, let reg = node.property("reg") else {
      return false
    }
    let parts = unit.split(separator: ",", omittingEmptySubsequences: false)
    return parts.count == view.cells(of: parent).address
      && parts.enumerated().allSatisfy { index, part in
        reg.cell(index).map { UInt32(part, radix: 16) == $0 } ?? false
      }
  }

  /// The first address of `reg` as a unit address; nil where it can't be read.
  static func text(of node: FlattenedTree.Node, _ view: GuestView) -> String? {
    guard let parent = node.parent, let reg = node.property("reg") else { return nil }
    let cells = view.cells(of: parent)
    guard (1...4).contains(cells.address),
      let address = reg.number(at: 0, cells: cells.address)
    else { return nil }
    return String(address, radix: 16)
  }

  /// Whether `unit` is the number `expected`, however it is written.
  static func isSame(_ unit: String, _ expected: String) -> Bool {
    if unit == expected { return true }
    let digits = unit.hasPrefix("0x") ? unit.dropFirst(2) : unit[...]
    let plain =
      digits.utf8.contains(UInt8(ascii: ",")) ? digits.replacing(",", with: "")[...] : digits
    guard let number = UInt64(plain, radix: 16) else { return false }
    return String(number, radix: 16) == expected
  }
}

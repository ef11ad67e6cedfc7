import DeviceTree
import GuestView

/// What stands behind the `@` of a name, against what stands in `reg`.
enum UnitAddress {
  /// Whether something stands behind an `@`.
  static func exists(in node: FlattenedTree.Node) -> Bool {
    let name = node.tree.bytes[node.nameByteRange]
    guard let at = name.firstIndex(of: UInt8(ascii: "@")) else { return false }
    return at + 1 < name.endIndex
  }

  /// Whether the addresses of `node` are those of memory: a child of the root or of a simple-bus,
  /// but no region of `/reserved-memory`.
  static func isOnMemoryBus(_ node: FlattenedTree.Node, _ view: GuestView) -> Bool {
    guard let parent = node.parent, !view.isPCI(parent) else { return false }
    return parent.index == 0 || parent.isCompatible("simple-bus")
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
    guard let number = UInt64(digits.replacing(",", with: ""), radix: 16) else { return false }
    return String(number, radix: 16) == expected
  }
}

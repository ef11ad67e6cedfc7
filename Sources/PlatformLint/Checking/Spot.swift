public import DeviceTree
import Diagnostics
public import GuestView

/// A place in a tree, as a rule points at it.
public struct Spot: Sendable {
  let node: FlattenedTree.Node?
  let property: FlattenedTree.Property?
  let cells: Range<Int>?
  let element: String?
  let bytes: Range<Int>
  /// The PCI function that is meant, `00:01.0`, where the node is that of its host.
  var function: String?

  /// A node, for what it lacks or is.
  public static func node(_ node: FlattenedTree.Node) -> Spot {
    // The root has no name; its first token stands for it.
    let bytes = node.index == 0 ? node.byteOffset..<(node.byteOffset + 4) : node.nameByteRange
    return Spot(node: node, property: nil, cells: nil, element: nil, bytes: bytes)
  }

  /// A device that DMAs: its node, or a function of its PCI host where it has none.
  public static func device(_ device: DMADevice) -> Spot {
    guard !device.hasNode, let name = device.functionName else { return .node(device.node) }
    return Spot(
      node: device.node, property: nil, cells: nil, element: "function \(name)",
      bytes: Spot.node(device.node).bytes, function: name)
  }

  /// A property as a whole.
  public static func property(_ property: FlattenedTree.Property) -> Spot {
    // A property without a value is what stands in front of it: its token, length and name offset.
    let value = property.byteRange
    let bytes = value.isEmpty ? (value.lowerBound - 12)..<value.lowerBound : value
    return Spot(node: property.node, property: property, cells: nil, element: nil, bytes: bytes)
  }

  /// Some cells of a property, and what they are: `reg[1].size`.
  public static func cells(
    _ property: FlattenedTree.Property, _ cells: Range<Int>, _ element: String
  ) -> Spot {
    Spot(
      node: property.node, property: property, cells: cells, element: element,
      bytes: property.byteRange(ofCell: cells.lowerBound, count: cells.count))
  }

  /// Element `index` of a property whose elements take `cells`: `memory-region[0]`.
  public static func element(
    _ property: FlattenedTree.Property, _ index: Int, cells: Range<Int>
  ) -> Spot {
    .cells(property, cells, "\(property.name)[\(index)]")
  }

  /// The property or entry by which somebody claims addresses.
  public static func claim(_ claim: Claim) -> Spot {
    guard let property = claim.property, !claim.cells.isEmpty else {
      return Spot(
        node: claim.node, property: claim.property, cells: nil, element: nil,
        bytes: claim.byteRange)
    }
    // The RAM disk's start is a number, not a list.
    guard claim.kind != .initialRAMDisk else { return .property(property) }
    return .element(
      property, claim.cells.lowerBound / claim.cells.count, cells: claim.cells)
  }
}

extension Spot {
  /// The same, as a finding has it, in the file that findings call `file`.
  func place(in file: String?, _ labels: NodeLabels) -> Place {
    let path = node?.path
    return Place(
      file: file, node: path, label: path.flatMap(labels.label(of:)),
      property: property?.name, cell: cells?.lowerBound, element: element, bytes: bytes)
  }
}

extension Spot {
  /// The entry of a bank of memory: `reg[0]`.
  static func bank(_ bank: MemoryBank) -> Spot {
    .element(
      bank.property, bank.cells.lowerBound / max(bank.cells.count, 1), cells: bank.cells)
  }
}

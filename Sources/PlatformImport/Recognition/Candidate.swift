import DeviceTree
import PlatformDescription

/// A node as recognisers see it: its values in the language's own types.
struct Candidate {
  let node: FlattenedTree.Node
  let recognition: Recognition

  /// Its position in the tree.
  var index: Int { node.index }
  /// The name without the unit address.
  var baseName: String { node.baseName }
  /// Whether the parent is the root.
  var isTopLevel: Bool { node.parent?.index == 0 }
  /// The children, in the order of the tree.
  var children: [Candidate] {
    node.children.map { Candidate(node: $0, recognition: recognition) }
  }
  /// What is on this bus: nouns where they can be on one.
  var devices: [Element] { recognition.devices(on: node) }
  /// The declaration for the component that becomes this node.
  var declaration: Declaration { recognition.declaration(of: node) }

  /// The names of the properties, in the order of the tree.
  var propertyNames: [String] { node.properties.map(\.name) }

  /// Whether the name, unit address included, is `name`.
  func isNamed(_ name: String) -> Bool { node.isNamed(name) }

  /// Whether `compatible` lists `name`.
  func isCompatible(_ name: String) -> Bool {
    node.property("compatible")?.lists(name) ?? false
  }

  /// Whether the property is there, with or without a value.
  func has(_ name: String) -> Bool { node.has(name) }

  /// The value of a property of one cell.
  func u32(_ name: String) -> UInt32? { node.property(name)?.u32 }

  /// The value of a property of two cells.
  func u64(_ name: String) -> UInt64? {
    guard let property = node.property(name), property.count == 8 else { return nil }
    return property.number(at: 0, cells: 2)
  }

  /// The strings of a property; nil where it holds none.
  func strings(_ name: String) -> [String]? { node.property(name)?.strings }

  /// The one string of a property.
  func string(_ name: String) -> String? { node.property(name)?.string }

  /// The entries of `name`, two cells an address and two a size, as nouns write them.
  func ranges(_ name: String = "reg") -> [AddressRange]? {
    guard let property = node.property(name), property.count > 0, property.count % 16 == 0 else {
      return nil
    }
    return stride(from: 0, to: property.cellCount, by: 4).compactMap { cell in
      guard let at = property.number(at: cell, cells: 2),
        let size = property.number(at: cell + 2, cells: 2)
      else { return nil }
      return AddressRange(at: GuestAddress(at), size: .bytes(size))
    }
  }

  /// The windows in `name`, two cells for each of child address, parent address and size.
  func windows(_ name: String) -> [Bus.Range]? {
    guard let property = node.property(name), property.count % 24 == 0 else { return nil }
    return stride(from: 0, to: property.cellCount, by: 6).compactMap { cell in
      guard let child = property.number(at: cell, cells: 2),
        let parent = property.number(at: cell + 2, cells: 2),
        let size = property.number(at: cell + 4, cells: 2)
      else { return nil }
      return Bus.Range(
        child: GuestAddress(child), parent: GuestAddress(parent), size: .bytes(size))
    }
  }

  /// The only entry of `reg`.
  var range: AddressRange? {
    guard let ranges = ranges(), ranges.count == 1 else { return nil }
    return ranges[0]
  }

  /// The interrupts, where they go to the interrupt controller of the machine.
  var interrupts: [Interrupt]? { recognition.interrupts(of: node) }

  /// The only interrupt.
  var interrupt: Interrupt? {
    guard let interrupts, interrupts.count == 1 else { return nil }
    return interrupts[0]
  }

  /// The nodes that a list of references names; nil where the property holds anything else.
  func targets(_ name: String) -> [Int]? {
    guard let property = node.property(name) else { return nil }
    let reading = recognition.survey.readings[property.index]
    guard reading.references.count == property.cellCount, property.count > 0 else { return nil }
    return reading.references.compactMap { recognition.survey.target(of: property, cell: $0) }
  }

  /// A reference to the node that the path in a property names; nil where it is no path.
  func reference(path name: String) -> Reference? {
    string(name).flatMap { recognition.node(at: $0) }.map { recognition.reference(to: $0) }
  }
}

import DeviceTree
import PlatformDescription

/// A node as recognisers see it: its values in the language's own types.
struct Candidate {
  let node: FlattenedTree.Node
  let recognition: Recognition

  /// Its position in the tree.
  var index: Int { node.index }
  /// The name with the unit address.
  var name: String { node.name }
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

  /// The names of the properties that are imported, in the order of the tree.
  var keptPropertyNames: [String] {
    node.properties.filter { recognition.survey.keeps($0) }.map(\.name)
  }

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

  /// The value of a property of one cell, as a number.
  func number(_ name: String) -> Int? { u32(name).map { Int($0) } }

  /// The cells of a property; nil where it is no whole number of them.
  func cells(_ name: String) -> [UInt32]? {
    guard let property = node.property(name), property.count % 4 == 0 else { return nil }
    return (0..<property.cellCount).compactMap { property.cell($0) }
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

  /// The windows in `name`: `cells` for a child address, two for a parent address, `cells` for a size.
  func windows(_ name: String, cells: Int) -> [Bus.Range]? {
    let stride = 2 * cells + 2
    guard let property = node.property(name), property.count % (4 * stride) == 0 else {
      return nil
    }
    return Swift.stride(from: 0, to: property.cellCount, by: stride).compactMap { cell in
      guard let child = property.number(at: cell, cells: cells),
        let parent = property.number(at: cell + cells, cells: 2),
        let size = property.number(at: cell + cells + 2, cells: cells)
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

  /// Whether the machine is a VMM's, whose address map is borrowed.
  var isOnBorrowedMachine: Bool { recognition.machine != nil }

  /// The interrupts, where they go to the interrupt controller of the machine.
  var interrupts: [Interrupt]? { recognition.interrupts(of: node) }

  /// The only interrupt of an interrupt controller, which it delivers itself.
  var ownInterrupt: Interrupt? {
    guard let cells = cells("interrupts"), let kind = ImportedController.Kind(of: node) else {
      return nil
    }
    return ImportedController(node: index, kind: kind).interrupt(cells)
  }

  /// The only interrupt.
  var interrupt: Interrupt? {
    guard let interrupts, interrupts.count == 1 else { return nil }
    return interrupts[0]
  }

  /// Where INTA of slot 0 leads, by an `interrupt-map`.
  var firstMappedInterrupt: Interrupt? { recognition.firstMappedInterrupt(of: node) }

  /// The IOMMU that a property refers to first, where it is a noun.
  func iommu(_ name: String) -> Reference? {
    valueReference(name, noun: "smmuv3") ?? valueReference(name, noun: "virtioIOMMU")
  }

  /// The nodes that a list of references names; nil where the property holds anything else.
  func targets(_ name: String) -> [Int]? {
    guard let property = node.property(name) else { return nil }
    let reading = recognition.survey.readings[property.index]
    guard reading.references.count == property.cellCount, property.count > 0 else { return nil }
    return reading.references.compactMap { recognition.survey.target(of: property, cell: $0) }
  }

  /// The regions of reserved memory in a list of references, where all of them are nouns.
  func regions(_ name: String) -> [Reference]? {
    guard let targets = targets(name), targets.allSatisfy({ recognition.isRegion($0) }) else {
      return nil
    }
    return targets.map { recognition.reference(to: $0) }
  }

  /// The first reference in a property, where it is to a noun of this kind that is a value.
  func valueReference(_ name: String, noun: String) -> Reference? {
    guard let property = node.property(name),
      let cell = recognition.survey.readings[property.index].references.first,
      let target = recognition.survey.target(of: property, cell: cell)
    else { return nil }
    return recognition.valueReference(to: target, noun: noun)
  }

  /// A reference to the node that the path in a property names; nil where it is no path.
  func reference(path name: String) -> Reference? {
    guard let node = string(name).flatMap({ recognition.node(at: $0) }),
      !recognition.isBorrowed(node)
    else { return nil }
    return recognition.reference(to: node)
  }
}

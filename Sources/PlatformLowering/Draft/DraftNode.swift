import DeviceTree
import PlatformDescription

/// A node on its way to a tree: its values may still refer to nodes that have no phandle yet.
struct DraftNode {
  var name: String
  var properties: [DraftProperty] = []
  var children: [DraftNode] = []
  /// Where it comes from; nil for nodes that nobody wrote down, such as `/reserved-memory`.
  var declaration: Declaration?
  /// What references to it look like; several nodes of one line of a loop may look alike.
  var target: Target?
  /// The noun that it is, where ``target`` says what it is for.
  var noun: Target?
  /// The position among the virtio devices, for the one node that is that device.
  var virtioIndex: Int?
  /// The positions among the virtio devices of the functions of a PCI host that have no node.
  var functionIndices: [Int] = []
  /// What its noun says that it hasn't, besides what its declaration omits.
  var omissions: [String] = []
  /// Where parts of it were written that are no nodes, by the names that reports have for them.
  ///
  /// An entry of a list is `ranges[1]`, a function of a PCI host `function 00:01.0`.
  var partLocations: [(part: String, location: SourceLocation?)] = []

  /// What references to it may look like.
  var targets: [Target] {
    [target, noun, declaration?.label.map { .label(name: $0.name) }].compactMap { $0 }
  }
  /// The phandle that the description gives it, for a node whose number something else relies on.
  var statedPhandle: UInt32? {
    guard let value = properties.first(where: { $0.name == "phandle" })?.value,
      case .cells(let cells) = value, cells.count == 1, case .number(let number) = cells[0]
    else { return nil }
    return number
  }

  init(_ name: String, declaration: Declaration? = nil, target: Target? = nil) {
    self.name = name
    self.target = target
    if let declaration { take(declaration) }
  }

  /// A node whose unit address is `address`.
  init(
    _ name: String, at address: GuestAddress, declaration: Declaration? = nil,
    target: Target? = nil
  ) {
    self.init(
      name + "@" + String(address.value, radix: 16), declaration: declaration, target: target)
  }

  /// Makes this the node of a component, which may give it another name.
  mutating func take(_ declaration: Declaration) {
    self.declaration = declaration
    guard let declared = declaration.name else { return }
    name = declared + name.drop { $0 != "@" }
  }

  /// Appends a property, or replaces the one of this name.
  mutating func set(_ name: String, _ value: DraftValue, at location: SourceLocation? = nil) {
    let property = DraftProperty(name: name, value: value, location: location)
    if let position = properties.firstIndex(where: { $0.name == name }) {
      properties[position] = property
    } else {
      properties.append(property)
    }
  }

  mutating func set(_ name: String, _ value: PropertyValue) { set(name, .fixed(value)) }

  mutating func set(_ name: String, reg ranges: [(GuestAddress, ByteCount)]) {
    set(name, .reg(ranges.map { AddressRange(at: $0.0, size: $0.1) }))
  }

  /// How many cells an address and a size have on the bus that this node is.
  ///
  /// A bus that says nothing has two of each: what stands on it says so by being written that way.
  var busCells: BusCells {
    func stated(_ name: String) -> Int? {
      switch properties.first(where: { $0.name == name })?.value {
      case .fixed(let value):
        value.bytes.count == 4 ? value.bytes.reduce(0) { $0 << 8 | Int($1) } : nil
      case .cells(let cells):
        if cells.count == 1, case .number(let number) = cells[0] { Int(number) } else { nil }
      default: nil
      }
    }
    return BusCells(address: stated("#address-cells") ?? 2, size: stated("#size-cells") ?? 2)
  }
}

struct DraftProperty {
  var name: String
  var value: DraftValue
  var location: SourceLocation?
}

/// A value, or a list of cells some of which are phandles to come.
enum DraftValue {
  case fixed(PropertyValue)
  case cells([DraftCell])
  /// Addresses and sizes, in as many cells as the bus has that the node is on.
  case reg([AddressRange])
  /// Windows of a bus, each with its address on the bus, above it, and its size.
  case ranges([Bus.Range])
  /// The path of a node, as a string.
  case path(Target)
}

enum DraftCell {
  case number(UInt32)
  case phandle(Target)
}

/// What a reference means: a node that a description names, or one that the lowering made.
enum Target: Hashable {
  case component(noun: String, at: GuestAddress?, declared: SourceLocation?)
  case region(name: String)
  case label(name: String)
  case interruptController
  case peripheralClock
  case cpu(Int)
  /// The interrupt controller in the node of this hart.
  case hart(Int)
  case aplic(PrivilegeMode)
  case imsic(PrivilegeMode)
  case msi(Int)
  case pciBridge(domain: Int, bus: Int)

  init(_ reference: Reference) {
    if let name = reference.name {
      self = reference.noun == Reference.labelNoun ? .label(name: name) : .region(name: name)
    } else {
      self = .component(
        noun: reference.noun, at: reference.at, declared: reference.declared)
    }
  }

  init(_ component: some Referable) { self.init(Reference(to: component)) }
}

extension GuestAddress {
  /// Two cells, most significant first: every bus that we write has two address cells.
  var cells: [UInt32] { value.cells }
}

extension ByteCount {
  /// Two cells, most significant first: every bus that we write has two size cells.
  var cells: [UInt32] { bytes.cells }
}

extension UInt64 {
  fileprivate var cells: [UInt32] {
    [UInt32(truncatingIfNeeded: self >> 32), UInt32(truncatingIfNeeded: self)]
  }
}

import ACPI
import PlatformDescription

extension TableLowering {
  /// Adds raw properties and nodes to a `_DSD`.
  ///
  /// - Parameters:
  ///   - content: What stands in the braces.
  ///   - set: The `_DSD`, or what a sub-node has.
  ///   - names: The names of the objects of sub-nodes, for the whole device.
  ///   - replacing: Whether a property may take the place of one that is there.
  ///   - location: The line of the device.
  mutating func add(
    _ content: [NodeContent], to set: inout PropertySet, _ names: inout SubnodeNames,
    replacing: Bool, at location: SourceLocation?
  ) {
    for part in content {
      switch part {
      case .property(let property):
        add(property, to: &set, replacing: replacing, at: property.location ?? location)
      case .node(let node):
        let location = node.declaration.location
        guard let object = names.take() else {
          mistake(
            "description/too-many-devices", "a device has at most \(SubnodeNames.most) sub-nodes",
            at: location)
          return
        }
        if node.size != nil || node.interrupt != nil {
          mistake(
            "description/no-acpi-form",
            "a sub-node has properties alone, no memory and no interrupt", at: location,
            help: "write an ACPIDevice beside this one")
        }
        let unit = node.unitAddress ?? node.at.map { String($0.value, radix: 16) }
        let name = node.name + (unit.map { "@" + $0 } ?? "")
        if set.subnodes.contains(where: { $0.name == name }) {
          mistake(
            "description/stated-twice", "two sub-nodes are named '\(name)'", at: location,
            help: "give one of them another name or unit address")
        }
        var inner = PropertySet()
        add(node.content, to: &inner, &names, replacing: false, at: location)
        add(node.declaration.additions, to: &inner, &names, replacing: true, at: location)
        set.subnodes.append(.init(name: name, object: object, properties: inner))
      }
    }
  }

  private mutating func add(
    _ property: Property, to set: inout PropertySet, replacing: Bool,
    at location: SourceLocation?
  ) {
    guard Spelling.isPropertyName(property.name) else {
      mistake(
        "description/invalid-name", "'\(property.name)' can't name a property", at: location,
        help: Spelling.propertyNameHelp)
      return
    }
    if property.name == "memory-region" {
      let regions = Self.regions(of: property)
      note(regions: regions, of: location)
      // Whatever it names instead, its author takes the device for confined.
      if regions.isEmpty {
        mistake(
          "description/no-effect-under-acpi",
          "'memory-region' has no effect: under ACPI Linux ties no device to a pool", at: location,
          help: "describe the machine with a device tree, or put an IOMMU in front of the device")
      }
      return
    }
    if !replacing, set.entries.contains(where: { $0.name == property.name }) {
      mistake(
        "description/stated-twice", "the property '\(property.name)' is stated twice", at: location,
        help: "keep one of them")
      return
    }
    guard let value = value(of: property, at: location) else { return }
    set.set(property.name, value)
  }

  /// The regions that `memory-region` names; none where it is no reference.
  private static func regions(of property: Property) -> [Reference] {
    guard case .cells(let cells) = property.value else { return [] }
    return cells.compactMap { if case .phandle(let reference) = $0 { reference } else { nil } }
  }

  /// What a property is in `_DSD`: one value by itself, several in a package.
  ///
  /// Bytes are a package of numbers: a buffer is no value that Linux takes here.
  ///
  /// **Source:** Linux `drivers/acpi/property.c`, `acpi_property_value_ok`.
  private mutating func value(of property: Property, at location: SourceLocation?) -> Term? {
    switch property.value {
    case .strings(let strings):
      guard strings.allSatisfy({ $0.utf8.allSatisfy { (1...0x7f).contains($0) } }) else {
        mistake(
          "description/invalid-text",
          "a string of '\(property.name)' has a NUL, or is not ASCII", at: location)
        return nil
      }
      let terms = strings.map(Term.string)
      return terms.count == 1 ? terms[0] : .package(terms)
    case .bytes(let bytes): return .package(bytes.map { .integer(UInt64($0)) })
    case .cells(let cells):
      // A property whose presence says it all: Linux asks no more than whether it is there.
      if cells.isEmpty { return .integer(1) }
      var terms: [Term] = []
      for cell in cells {
        switch cell {
        case .number(let number): terms.append(.integer(UInt64(number)))
        case .phandle(let reference):
          guard let path = paths[Target(reference)] else {
            mistake(
              "description/reference-to-nothing",
              "'\(property.name)' refers to what is no device of the tables of '\(machine.name)'",
              at: location, help: "refer to a device that stands in the braces of the machine",
              related: [.init("it is declared here", at: reference.declared)])
            return nil
          }
          referenced.insert(path)
          terms.append(.path(path))
        }
      }
      return terms.count == 1 ? terms[0] : .package(terms)
    }
  }
}

/// Names of the objects that hold the properties of sub-nodes: `N000` and so on.
struct SubnodeNames {
  /// As many names as there are from `N000` to `NZZZ`.
  static let most = 36 * 36 * 36
  private var next = 0

  /// The next one; nil where there is none left.
  mutating func take() -> NameSegment? {
    guard next < Self.most else { return nil }
    defer { next += 1 }
    return ObjectNames.segment(23 * Self.most + next)
  }
}

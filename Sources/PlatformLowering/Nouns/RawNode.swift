import DeviceTree
import PlatformDescription

extension MachineLowering {
  mutating func node(for noun: PlatformDescription.Node) -> DraftNode? {
    let location = noun.declaration.location
    guard Spelling.isNodeName(noun.name) else {
      mistake(
        "description/invalid-name", "'\(noun.name)' can't name a node", at: location,
        help: Spelling.nodeNameHelp)
      return nil
    }
    var node: DraftNode
    if let unitAddress = noun.unitAddress {
      guard noun.at == nil, Spelling.isUnitAddress(unitAddress, of: noun.name) else {
        mistake(
          "description/invalid-name",
          noun.at == nil
            ? "'\(unitAddress)' can't be a unit address" : "a node has one unit address, not two",
          at: location, help: "use letters, digits and any of , . _ + -")
        return nil
      }
      node = DraftNode(
        noun.name + "@" + unitAddress, declaration: noun.declaration, target: Target(noun))
    } else if let at = noun.at {
      node = DraftNode(noun.name, at: at, declaration: noun.declaration, target: Target(noun))
    } else {
      node = DraftNode(noun.name, declaration: noun.declaration, target: Target(noun))
    }
    if let size = noun.size {
      if let at = noun.at {
        if at.value.addingReportingOverflow(max(size.bytes, 1) - 1).overflow {
          mistake(
            "description/beyond-addresses",
            "\(size) from 0x\(String(at.value, radix: 16)) end beyond 64 bits", at: location,
            help: "make it smaller, or let it start lower")
        }
        node.set("reg", reg: [(at, size)])
      } else {
        mistake(
          "description/no-place", "a node with a size needs an address", at: location,
          help: "say 'at:' too")
      }
    }
    if let interrupt = noun.interrupt {
      setInterrupts([interrupt], of: &node, at: location)
    }
    add(noun.content, to: &node, replacing: false)
    finish(&node)
    return node
  }

  /// Adds raw properties and children to a node.
  ///
  /// - Parameters:
  ///   - content: What stands in the braces.
  ///   - node: The node that it goes to.
  ///   - replacing: Whether a property may take the place of one that is there.
  mutating func add(
    _ content: [NodeContent], to node: inout DraftNode, replacing: Bool
  ) {
    // Comparing a few names is cheaper than hashing them; /__symbols__ may have thousands.
    var stated: Set<String>?
    if !replacing, content.count > 16 { stated = Set(node.properties.map(\.name)) }
    for part in content {
      switch part {
      case .node(let child):
        if let child = self.node(for: child) { node.children.append(child) }
      case .property(let property):
        guard Spelling.isPropertyName(property.name) else {
          mistake(
            "description/invalid-name", "'\(property.name)' can't name a property",
            at: property.location ?? node.declaration?.location,
            help: Spelling.propertyNameHelp)
          continue
        }
        let isStated =
          stated.map { $0.contains(property.name) }
          ?? node.properties.contains { $0.name == property.name }
        if !replacing, isStated {
          mistake(
            "description/stated-twice", "the property '\(property.name)' is stated twice",
            at: property.location ?? node.declaration?.location, help: "keep one of them")
          continue
        }
        guard let value = value(of: property, in: node) else { continue }
        if stated?.insert(property.name) != nil {
          node.properties.append(
            DraftProperty(name: property.name, value: value, location: property.location))
        } else {
          node.set(property.name, value, at: property.location)
        }
      }
    }
  }

  private mutating func value(
    of property: PlatformDescription.Property, in node: DraftNode
  ) -> DraftValue? {
    switch property.value {
    case .bytes(let bytes): return .fixed(PropertyValue(bytes: bytes))
    case .strings(let strings):
      if strings.contains(where: { $0.utf8.contains(0) }) {
        mistake(
          "description/invalid-text", "a string of '\(property.name)' contains a NUL",
          at: property.location ?? node.declaration?.location)
        return nil
      }
      return .fixed(.strings(strings))
    case .cells(let cells):
      return .cells(
        cells.map {
          switch $0 {
          case .number(let number): .number(number)
          case .phandle(let reference): .phandle(Target(reference))
          }
        })
    }
  }
}

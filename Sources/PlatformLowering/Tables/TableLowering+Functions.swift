import ACPI
import PlatformDescription

extension TableLowering {
  /// The devices of those functions of which something has to be said; the guest finds the others by
  /// asking the bus.
  mutating func functions(_ content: [PCIContent], in parent: NamePath) -> [Term] {
    var terms: [Term] = []
    for part in content {
      guard let function = part.function, let name = function.name else { continue }
      let path = parent.appending(name)
      var (properties, subnodes) = (PropertySet(), SubnodeNames())
      if case .pciFunction(let noun) = part {
        add(
          noun.content, to: &properties, &subnodes, replacing: false,
          at: function.declaration.location)
      }
      add(
        function.declaration.additions, to: &properties, &subnodes, replacing: true,
        at: function.declaration.location)
      var children: [Term] = []
      if case .pciBridge(let noun) = part { children = functions(noun.content, in: path) }
      if properties.isEmpty, children.isEmpty, function.declaration.label == nil { continue }
      let address = UInt64(function.slot) << 16 | UInt64(function.function)
      terms.append(
        .device(NamePath(name), [.name("_ADR", .integer(address))] + properties.terms + children))
    }
    return terms
  }

  /// Notes where labels of functions lead, before anything refers to them.
  mutating func noteLabels(of content: [PCIContent], in parent: NamePath) {
    for part in content {
      guard let function = part.function, let name = function.name else { continue }
      let path = parent.appending(name)
      if let label = function.declaration.label { set(path, for: .label(name: label.name)) }
      if case .pciBridge(let noun) = part { noteLabels(of: noun.content, in: path) }
    }
  }

  /// Notes where IOMMUs are on the bus, and which functions name regions.
  mutating func notePlaces(of content: [PCIContent], segment: Int, bus: Int) {
    for part in content {
      switch part {
      case .window: break
      case .virtioPCI(let noun): note(regions: noun.memoryRegion, of: noun.declaration.location)
      case .pciFunction(let noun): note(regions: noun.memoryRegion, of: noun.declaration.location)
      case .virtioIOMMU(let noun):
        guard case .pci(let slot, let function) = noun.place else { continue }
        let address = PCIAddress(segment: segment, bus: bus, device: slot, function: function)
        translations.iommus.append((Target(noun), .function(address)))
      case .pciBridge(let noun):
        notePlaces(of: noun.content, segment: segment, bus: noun.buses.first)
      }
    }
  }
}

/// What the functions of a PCI bus have in common.
private struct FunctionPlace {
  var slot: Int
  var function: Int
  var declaration: Declaration

  /// `S` and the number of device and function on the bus, in hexadecimal: as QEMU names them.
  var name: NameSegment? {
    guard (0...31).contains(slot), (0...7).contains(function) else { return nil }
    let digits = String(slot << 3 | function, radix: 16, uppercase: true)
    return try? NameSegment("S" + (digits.utf8.count < 2 ? "0" : "") + digits)
  }
}

extension PCIContent {
  fileprivate var function: FunctionPlace? {
    switch self {
    case .window: return nil
    case .virtioPCI(let noun):
      return FunctionPlace(
        slot: noun.slot, function: noun.function, declaration: noun.declaration)
    case .pciFunction(let noun):
      return FunctionPlace(
        slot: noun.slot, function: noun.function, declaration: noun.declaration)
    case .pciBridge(let noun):
      return FunctionPlace(
        slot: noun.slot, function: noun.function, declaration: noun.declaration)
    case .virtioIOMMU(let noun):
      guard case .pci(let slot, let function) = noun.place else { return nil }
      return FunctionPlace(slot: slot, function: function, declaration: noun.declaration)
    }
  }
}

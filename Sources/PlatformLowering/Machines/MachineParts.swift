import PlatformDescription

/// The parts of a VMM's machine, less those that a description has itself.
struct MachineParts {
  /// What the machine has at the root.
  let elements: [Element]
  /// What it has on its bus.
  let onBus: [Element]

  /// The parts of `preset` that a description hasn't.
  ///
  /// - Parameters:
  ///   - preset: The machine.
  ///   - stated: What the description has.
  ///   - location: The line that the parts were written by: the virtual machine's.
  init(_ preset: Preset, stated: [Element], at location: SourceLocation?) {
    func isStated(_ element: Element) -> Bool {
      if case .pciHostBridge = element { return stated.haveHost(of: preset.pci) }
      return stated.contains { element.isSameDevice(as: $0) }
    }
    func element(_ component: any Component) -> Element {
      var component = component
      component.declaration.location = location
      return component.element
    }
    let all = preset.components.map(element)
    let allOnBus = preset.onBus.map(element)
    // A part may refer to one that the description has in its place.
    func declared(_ reference: Reference) -> Reference {
      guard
        let part = (all + allOnBus).first(where: {
          ($0.component as? any Referable).map { Reference(to: $0) }?.isSame(as: reference) ?? false
        })
      else {
        var reference = reference
        reference.declared = location
        return reference
      }
      let meant = stated.first { part.isSameDevice(as: $0) } ?? part
      return (meant.component as? any Referable).map { Reference(to: $0) } ?? reference
    }
    func placed(_ elements: [Element]) -> [Element] {
      elements.filter { !isStated($0) }.map { $0.withParts(at: location, referring: declared) }
    }
    elements = placed(all)
    onBus = placed(allOnBus)
  }
}

extension [Element] {
  /// Whether the machine's PCI host is among them: one without an address, or with that of the machine's.
  fileprivate func haveHost(of pci: MachinePCI?) -> Bool {
    contains { element in
      switch element {
      case .pciHostBridge(let host):
        host.configurationSpace.map { $0.at == pci?.host.referenceAddress } ?? true
      case .bus(let bus): bus.elements.haveHost(of: pci)
      default: false
      }
    }
  }
}

extension Reference {
  /// Whether both mean the same part of a machine, wherever it was written.
  fileprivate func isSame(as other: Reference) -> Bool {
    noun == other.noun && at == other.at && name == other.name
  }
}

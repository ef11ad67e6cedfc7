import DeviceTree
import GuestView

/// IOMMUs that somebody refers to and that are of no use.
struct LostIOMMUs {
  /// One of them, with who refers to it.
  struct Loss {
    let node: FlattenedTree.Node
    let state: IOMMUState
    /// The references, in document order.
    var references: [FlattenedTree.Property]
    /// Whether some device is without its IOMMU and without a pool that takes its place.
    var isOpen: Bool
  }

  /// All of them, in the order of the tree.
  static func all(in view: GuestView) -> [Loss] {
    var losses: [Int: Loss] = [:]
    // Many refer to the same one, and a map may do so in every entry.
    var states: [Int: IOMMUState] = [:]
    func add(_ target: FlattenedTree.Node, _ property: FlattenedTree.Property, isOpen: Bool) {
      // What has no #iommu-cells is no IOMMU, and told of elsewhere.
      let state =
        states[target.index] ?? (target.has("#iommu-cells") ? view.iommuState(of: target) : .usable)
      states[target.index] = state
      guard state != .usable else { return }
      var loss =
        losses[target.index] ?? Loss(node: target, state: state, references: [], isOpen: false)
      if loss.references.last?.index != property.index { loss.references.append(property) }
      loss.isOpen = loss.isOpen || isOpen
      losses[target.index] = loss
    }
    var confined: Set<Int> = []
    for device in view.dmaDevices {
      if case .restrictedPool = device.outcome { confined.insert(device.node.index) }
    }
    for property in view.properties(named: "iommus") where view.isEnabled(property.node) {
      guard let target = property.cell(0).flatMap(view.phandles.node(for:)) else { continue }
      add(target, property, isOpen: !confined.contains(property.node.index))
    }
    for host in view.pciHosts where host.isEnabled {
      guard let map = host.iommuMap, map.isWhole else { continue }
      for target in map.rows.compactMap(\.target) {
        add(target, map.property, isOpen: !confined.contains(host.node.index))
      }
    }
    return losses.values.sorted { $0.node.index < $1.node.index }
  }
}

public import DeviceTree

/// The root of a PCI hierarchy.
///
/// **Source:** Linux `drivers/pci/controller/pci-host-generic.c`, `drivers/pci/of.c`.
public struct PCIHost: Sendable {
  /// The node.
  public let node: FlattenedTree.Node
  /// How much configuration space one bus takes, in bytes: 1 MiB for ECAM, 64 KiB for CAM; nil where
  /// the host is of another kind.
  public let configurationSpacePerBus: UInt64?
  /// `bus-range`; nil where there is none.
  public let busRange: FlattenedTree.Property?
  /// `linux,pci-domain`; nil where the guest chooses.
  public let domain: UInt32?
  /// The buses as the guest takes them: all 256 where the tree doesn't say, or says nonsense.
  public let buses: ClosedRange<UInt8>
  /// The entries of `ranges` that can be read.
  public let windows: [PCIWindow]
  /// The functions that have a node of their own, in document order, bridges left out.
  public let functions: [PCIFunction]
  /// `iommu-map`; nil where there is none.
  public let iommuMap: RequesterMap?
  /// `msi-map`; nil where there is none.
  public let msiMap: RequesterMap?
  /// Whether it and its ancestors are enabled.
  public let isEnabled: Bool

  /// The requester IDs that its buses can have.
  public var requesterIDs: ClosedRange<UInt32> {
    (UInt32(buses.lowerBound) << 8)...(UInt32(buses.upperBound) << 8 | 0xff)
  }

  /// The requester IDs that no entry of `iommu-map` takes, so that they go past the IOMMU.
  ///
  /// None without an `iommu-map`. The IOMMU's own one is left out, since an IOMMU on PCI does not
  /// translate for itself.
  public var bypassingRequesterIDs: [ClosedRange<UInt32>] {
    guard let map = iommuMap else { return [] }
    let own = Set(
      functions.filter { IOMMUKind($0.node) == .virtioPCI }.map { UInt32($0.requesterID) })
    return map.uncovered(in: requesterIDs).filter { gap in
      gap.count > own.count || !gap.allSatisfy(own.contains)
    }
  }

  /// Whether the map leaves out requester IDs that are none of those in `listed`.
  func leavesOutMore(than listed: Set<UInt16>) -> Bool {
    guard let map = iommuMap else { return false }
    let gaps = map.uncovered(in: requesterIDs)
    let known = listed.filter { id in gaps.contains { $0.contains(UInt32(id)) } }
    return gaps.reduce(0) { $0 + $1.count } > known.count
  }

  /// All hosts in document order, disabled ones included.
  static func all(_ topology: Topology) -> [PCIHost] {
    let types = topology.properties.properties(named: "device_type").filter {
      $0.isString("pci") || $0.isString("pciex")
    }
    let typed = NodeList(topology.tree, types.map { Int32($0.node.index) }[...])
    let candidates = typed.union(
      topology.compatibles.nodes(listingAny: ["pci-host-ecam-generic", "pci-host-cam-generic"]))
    return candidates.filter { node in
      node.parent.map { !topology[$0].isPCI } ?? false
    }.map { PCIHost($0, topology) }
  }

  private init(_ node: FlattenedTree.Node, _ topology: Topology) {
    self.node = node
    configurationSpacePerBus =
      node.isCompatible("pci-host-ecam-generic")
      ? 1 << 20 : node.isCompatible("pci-host-cam-generic") ? 1 << 16 : nil
    busRange = node.property("bus-range")
    domain = node.property("linux,pci-domain")?.cell(0)
    let first = busRange?.cell(0) ?? 0
    let last = busRange?.cell(1) ?? 255
    buses = first <= last && last <= 255 ? UInt8(first)...UInt8(last) : 0...255
    windows = PCIWindow.all(of: node, topology)
    functions = Self.functions(below: node)
    iommuMap = node.property("iommu-map").map {
      RequesterMap($0, mask: node.property("iommu-map-mask"), topology)
    }
    msiMap = node.property("msi-map").map {
      RequesterMap($0, mask: node.property("msi-map-mask"), topology)
    }
    isEnabled = topology[node].isEnabled
  }

  /// The host's children, and those of bridges below it; no recursion, whatever the depth.
  private static func functions(below host: FlattenedTree.Node) -> [PCIFunction] {
    var functions: [PCIFunction] = []
    var isBus = [true] + [Bool](repeating: false, count: host.descendants.count)
    for node in host.descendants {
      guard let parent = node.parent, isBus[parent.index - host.index] else { continue }
      if node.property("device_type")?.isString("pci") ?? false {
        isBus[node.index - host.index] = true
      } else if let function = PCIFunction(node, isOnRootBus: parent == host) {
        functions.append(function)
      }
    }
    return functions
  }
}

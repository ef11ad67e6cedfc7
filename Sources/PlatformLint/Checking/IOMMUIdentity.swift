import DeviceTree
import GuestView

/// What an IOMMU is, and where: by that it is the same in two trees, whatever its node is called.
enum IOMMUIdentity {
  /// The IOMMU of `node` in words; the same words for the same one.
  static func words(_ node: FlattenedTree.Node, in view: GuestView) -> String {
    let kind = kind(of: node)
    // There is one way to give grants, and it has no registers.
    if IOMMUKind(node) == .xenGrants { return kind }
    if let parent = node.parent, view.isPCI(parent), let address = node.property("reg")?.cell(0) {
      var host = parent
      while let parent = host.parent, view.isPCI(parent) { host = parent }
      let function = DMADevice.functionName(UInt16(truncatingIfNeeded: address >> 8))
      return "\(kind) \(function) of the host \(place(NodeIdentity(host, in: view)))"
    }
    return "\(kind) \(place(NodeIdentity(node, in: view)))"
  }

  private static func kind(of node: FlattenedTree.Node) -> String {
    switch IOMMUKind(node) {
    case .smmuV3: "the SMMUv3"
    case .virtioPCI: "the virtio-iommu"
    case .xenGrants: "Xen's grants"
    case nil:
      node.isCompatible("virtio,mmio")
        ? "the virtio-iommu" : "the \(node.property("compatible")?.string ?? "IOMMU")"
    }
  }

  private static func place(_ identity: NodeIdentity) -> String {
    switch identity {
    case .address(let address): "at 0x\(String(address, radix: 16))"
    case .path(let path): "at \(path)"
    }
  }
}

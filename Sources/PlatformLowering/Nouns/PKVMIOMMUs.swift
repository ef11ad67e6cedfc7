import DeviceTree
import PlatformDescription

extension MachineLowering {
  mutating func node(for noun: PKVMIOMMU) -> DraftNode? {
    let location = noun.declaration.location
    if let first = pviommus[noun.id] {
      mistake(
        "description/duplicate-id",
        "two IOMMUs of '\(machine.name)' are known to the hypervisor as \(noun.id)", at: location,
        help: "give one of them another 'id:'", related: [.init("the first is here", at: first)])
      return nil
    }
    var node = DraftNode(
      "pviommu\(pviommus.count)", declaration: noun.declaration, target: Target(noun))
    pviommus[noun.id] = .some(location)
    node.set("compatible", .string("pkvm,pviommu"))
    node.set("#iommu-cells", .u32(1))
    node.set("id", .u32(noun.id))
    finish(&node)
    return node
  }

  /// Whether each stream of each IOMMU of pKVM is one device's: the hypervisor gives it to one.
  ///
  /// **Source:** Android's pvmfw, `device_assignment.rs`, `validate_pviommu_topology`.
  mutating func checkStreams(in root: DraftNode) {
    guard !pviommus.isEmpty else { return }
    var streams: [Stream: SourceLocation?] = [:]
    checkStreams(of: root, &streams)
  }

  /// A stream of an IOMMU.
  private struct Stream: Hashable {
    var iommu: Target
    var id: UInt32
  }

  private mutating func checkStreams(
    of node: DraftNode, _ streams: inout [Stream: SourceLocation?]
  ) {
    for property in node.properties where property.name == "iommus" {
      guard case .cells(let cells) = property.value else { continue }
      let location = property.location ?? node.declaration?.location
      for (cell, next) in zip(cells, cells.dropFirst()) {
        guard case .phandle(let target) = cell, case .component("pkvmIOMMU", _, _) = target,
          case .number(let id) = next
        else { continue }
        let stream = Stream(iommu: target, id: id)
        if let first = streams[stream] {
          mistake(
            "description/stream-twice",
            "stream \(id) of this IOMMU has two devices", at: location,
            help: "give each device a stream of its own",
            related: [.init("the first is here", at: first)])
        } else {
          streams[stream] = .some(location)
        }
      }
    }
    for child in node.children { checkStreams(of: child, &streams) }
  }
}

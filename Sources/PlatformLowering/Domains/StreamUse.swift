import PlatformDescription

/// A device behind an IOMMU, as its node says.
struct StreamUse {
  /// The IOMMU.
  var iommu: Target
  /// By what it knows the device, or the first of the functions of a PCI host.
  var id: UInt32
  /// How many there are: more than one for a host, which need not have as many functions.
  var count: UInt32 = 1
  /// Whether a device is known to be behind it.
  var isDevice = true
  /// Whether the device has a restricted pool, too.
  var hasPool = false
  /// Where it was written.
  var location: SourceLocation?

  /// Whether `stream` is among the IDs.
  func holds(_ stream: UInt32) -> Bool { stream >= id && stream - id < count }
}

extension MachineLowering {
  /// The devices behind IOMMUs in a draft of the whole machine.
  func streamUses(in root: DraftNode) -> [StreamUse] {
    var uses: [StreamUse] = []
    let pools = Set(poolTargets.keys)
    collectStreams(of: root, pools, &uses)
    for (index, device) in virtio.enumerated() {
      guard let (iommu, endpoint) = endpoints[index], device.pciAddress != nil else { continue }
      uses.append(StreamUse(iommu: iommu, id: endpoint, location: device.location))
    }
    return uses
  }

  private func collectStreams(
    of node: DraftNode, _ pools: Set<Target>, _ uses: inout [StreamUse]
  ) {
    let hasPool = node.properties.contains { property in
      guard property.name == "memory-region", case .cells(let cells) = property.value else {
        return false
      }
      return cells.contains {
        if case .phandle(let target) = $0 { pools.contains(target) } else { false }
      }
    }
    for property in node.properties {
      guard case .cells(let cells) = property.value else { continue }
      let location = property.location ?? node.declaration?.location
      if property.name == "iommus" {
        for (cell, next) in zip(cells, cells.dropFirst()) {
          guard case .phandle(let iommu) = cell, case .number(let id) = next else { continue }
          uses.append(StreamUse(iommu: iommu, id: id, hasPool: hasPool, location: location))
        }
      } else if property.name == "iommu-map" {
        for start in stride(from: 0, to: cells.count - 3, by: 4) {
          guard case .phandle(let iommu) = cells[start + 1],
            case .number(let id) = cells[start + 2], case .number(let count) = cells[start + 3]
          else { continue }
          uses.append(
            StreamUse(iommu: iommu, id: id, count: count, isDevice: false, location: location))
        }
      }
    }
    for child in node.children { collectStreams(of: child, pools, &uses) }
  }
}

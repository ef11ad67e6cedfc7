public import DeviceTree

/// What one machine's tree has in the place of shared memory.
public struct SharedParty: Sendable {
  /// What it is in the tree.
  public enum Kind: Sendable {
    /// A child of `/reserved-memory`.
    case region(ReservedRegion)
    /// Something else with these addresses: memory, an entry of the memory reservation block, or the
    /// registers of a device.
    case claim(Claim)
  }

  /// The position of the machine in ``MachinesView/machines``.
  public let machine: Int
  /// What it is in the tree.
  public let kind: Kind
  /// Why it is taken for a part of the share.
  public let match: ShareMatch
  /// The devices that do DMA and refer to it by `memory-region`, in document order.
  public let devices: [DMADevice]
  /// What the machine does with it: as declared, or as the tree looks; nil where nothing tells.
  public internal(set) var role: ShareRole?
  /// Whether somebody says what the role is.
  public internal(set) var isRoleDeclared = false

  init(machine: Int, kind: Kind, match: ShareMatch, devices: [DMADevice] = []) {
    self.machine = machine
    self.kind = kind
    self.match = match
    self.devices = devices
  }
}

extension SharedParty {
  /// The child of `/reserved-memory`; nil where it is something else.
  public var region: ReservedRegion? {
    guard case .region(let region) = kind else { return nil }
    return region
  }

  /// What else has the addresses; nil for a region.
  public var claim: Claim? {
    guard case .claim(let claim) = kind else { return nil }
    return claim
  }

  /// The addresses; nil where the kernel decides, or nothing does.
  public var range: AddressRange? {
    switch kind {
    case .region(let region): region.range
    case .claim(let claim): claim.range
    }
  }

  /// The node; nil for an entry of the memory reservation block.
  public var node: FlattenedTree.Node? {
    switch kind {
    case .region(let region): region.node
    case .claim(let claim): claim.node
    }
  }

  /// Whether it says that it is a restricted pool.
  public var isPool: Bool { region?.saysRestrictedPool ?? false }

  /// Whether it is a region that Xen's tools made.
  ///
  /// **Source:** Xen `xen/common/device-tree/static-shmem.c`, `make_shm_resv_memory_node`.
  public var isXenSharedMemory: Bool { region?.node.isCompatible("xen,shared-memory-v1") ?? false }

  /// What it is, in a few words: `restricted DMA pool of 2 devices`.
  public var what: String {
    switch kind {
    case .region(let region):
      let attributes = region.isUnmapped ? ", no-map" : ""
      switch region.kind {
      case .restrictedPool:
        let count = devices.count
        return count == 0
          ? "restricted DMA pool of no device"
          : "restricted DMA pool of \(count) device\(count == 1 ? "" : "s")"
      case .coherentPool: return "shared DMA pool\(attributes)"
      case .contiguous: return "memory of the contiguous allocator"
      case .plain:
        let name = isXenSharedMemory ? "shared memory of Xen" : "reserved"
        return name + (region.dynamic == nil ? "" : ", placed at boot") + attributes
      }
    case .claim(let claim):
      switch claim.kind {
      case .memory: return "ordinary memory"
      case .memoryReservation: return "reserved by /memreserve/"
      default: return "window of a device"
      }
    }
  }
}

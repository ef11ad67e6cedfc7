import PlatformDescription

/// What has to be known of all PCI hosts and IOMMUs of a machine before the first is lowered.
struct PCIInventory {
  /// The IOMMUs that are part of the machine, wherever they stand.
  private(set) var iommus: Set<Target> = []
  /// Those of ``iommus`` that stand where they can be, and so have a node.
  private(set) var placedIOMMUs: Set<Target> = []
  /// The numbers of the hosts, in the order in which they are lowered.
  private var domains: [Int] = []
  private var nextHost = 0
  /// The hosts of which functions stand behind an IOMMU, by their numbers.
  private var domainsBehind: [Target: Set<Int>] = [:]
  private var statedEndpoints: [Target: Set<UInt32>] = [:]
  private var nextEndpoints: [Target: UInt64] = [:]

  init(_ elements: [Element]) {
    var hosts: [PCIHostBridge] = []
    gather(elements, &hosts)
    var taken = Set(hosts.compactMap(\.domain))
    var free = 0
    for host in hosts {
      if let domain = host.domain {
        domains.append(domain)
      } else {
        while taken.contains(free) { free += 1 }
        taken.insert(free)
        domains.append(free)
      }
    }
    for (host, domain) in zip(hosts, domains) {
      for iommu in [host.iommu].compactMap({ $0 }) + Self.iommus(named: host.content) {
        domainsBehind[Target(iommu), default: []].insert(domain)
      }
    }
  }

  /// The number of the next host to be lowered.
  mutating func takeDomain() -> Int {
    defer { nextHost += 1 }
    return nextHost < domains.count ? domains[nextHost] : 0
  }

  /// The lowest ID that nothing else behind `iommu` has; nil where all 32 bits are taken.
  mutating func takeEndpoint(of iommu: Target) -> UInt32? {
    var endpoint = nextEndpoints[iommu] ?? 0
    while let id = UInt32(exactly: endpoint) {
      if domainsBehind[iommu]?.contains(Int(id >> 16)) ?? false {
        endpoint = (endpoint >> 16 + 1) << 16
      } else {
        endpoint += 1
        guard statedEndpoints[iommu]?.contains(id) ?? false else {
          nextEndpoints[iommu] = endpoint
          return id
        }
      }
    }
    return nil
  }

  private mutating func gather(_ elements: [Element], _ hosts: inout [PCIHostBridge]) {
    for element in elements {
      switch element {
      case .smmuv3(let noun): insert(Target(noun), isPlaced: true)
      case .virtioIOMMU(let noun): insert(Target(noun), isPlaced: !noun.isOnPCI)
      case .pkvmIOMMU(let noun): insert(Target(noun), isPlaced: true)
      case .virtioMMIO(let noun):
        if let iommu = noun.iommu, let endpoint = noun.endpoint {
          statedEndpoints[Target(iommu), default: []].insert(endpoint)
        }
      case .pciHostBridge(let noun):
        hosts.append(noun)
        gather(noun.content)
      case .bus(let noun): gather(noun.elements, &hosts)
      default: break
      }
    }
  }

  private mutating func gather(_ content: [PCIContent]) {
    for part in content {
      switch part {
      case .virtioIOMMU(let noun): insert(Target(noun), isPlaced: noun.isOnPCI)
      case .pciBridge(let noun): gather(noun.content)
      case .window, .virtioPCI, .pciFunction: break
      }
    }
  }

  private mutating func insert(_ iommu: Target, isPlaced: Bool) {
    iommus.insert(iommu)
    if isPlaced { placedIOMMUs.insert(iommu) }
  }

  private static func iommus(named content: [PCIContent]) -> [Reference] {
    content.flatMap { part -> [Reference] in
      switch part {
      case .virtioPCI(let noun): [noun.iommu].compactMap { $0 }
      case .pciFunction(let noun): [noun.iommu].compactMap { $0 }
      case .pciBridge(let noun): iommus(named: noun.content)
      case .window, .virtioIOMMU: []
      }
    }
  }
}

extension VirtioIOMMU {
  fileprivate var isOnPCI: Bool { if case .pci = place { true } else { false } }
}

import ACPI
import PlatformDescription

/// What IORT says of a machine: which devices are behind which SMMU, and by which IDs an ITS knows them.
///
/// **Source:** Arm IO Remapping Table, DEN 0049E, section 3; Linux `drivers/acpi/arm64/iort.c`.
struct IORemappingTable {
  private var nodes: [IORTNode] = []

  /// The table; nil for a machine that has neither an SMMU nor an ITS that PCI hosts send messages to.
  ///
  /// - Parameters:
  ///   - draft: What is behind what.
  ///   - hasITS: Whether messages go to an ITS.
  ///   - path: The path of a device in the namespace, as it is written.
  /// - Returns: The table.
  static func table(
    _ draft: TranslationDraft, hasITS: Bool, path: (NamePath) -> NamePath
  ) -> IORT? {
    guard !draft.smmus.isEmpty || hasITS && !draft.hosts.isEmpty else { return nil }
    var table = IORemappingTable()
    // One ITS, which MADT calls 0.
    let its = hasITS ? table.append(.its([0])) : nil
    var smmus: [Target: Int] = [:]
    for (target, entry) in draft.smmus {
      let onward = its.map { IORTMapping(count: .max, output: $0) }
      smmus[target] = table.append(.smmuV3(node(of: entry)), [onward].compactMap { $0 })
    }
    for host in draft.hosts { table.append(host, draft.ranges, smmus, its) }
    for endpoint in draft.endpoints {
      guard let smmu = smmus[endpoint.iommu] else { continue }
      // Without a limit of its addresses Linux ignores a device.
      table.append(
        .namedComponent(
          IORTNamedComponent(
            NamePath.padded(path(endpoint.path).description), isCoherent: endpoint.isCoherent,
            addressBits: 64)),
        [IORTMapping(count: 1, outputBase: endpoint.id, output: smmu, isSingle: true)])
    }
    for range in draft.reservedRanges {
      let mappings = range.endpoints.compactMap { endpoint in
        smmus[endpoint.iommu].map {
          IORTMapping(count: 1, outputBase: endpoint.id, output: $0, isSingle: true)
        }
      }
      guard !mappings.isEmpty else { continue }
      table.append(
        .reservedMemory(
          flags: Self.cachedMemory,
          ranges: [IORTMemoryRange(base: range.range.at.value, length: range.range.size.bytes)]),
        mappings)
    }
    return IORT(table.nodes)
  }

  /// Normal memory, cached inside and outside: value 5 of bits 2 to 9.
  private static let cachedMemory: UInt32 = 5 << 2

  /// A root complex: what an SMMU translates, and what goes to the ITS by itself.
  private mutating func append(
    _ host: TranslationDraft.Host, _ ranges: [TranslationDraft.Range], _ smmus: [Target: Int],
    _ its: Int?
  ) {
    append(
      .rootComplex(IORTRootComplex(segment: UInt32(host.segment), isCoherent: host.isCoherent)),
      Self.mappings(of: host, ranges, smmus, its))
  }

  private static func mappings(
    of host: TranslationDraft.Host, _ ranges: [TranslationDraft.Range], _ smmus: [Target: Int],
    _ its: Int?
  ) -> [IORTMapping] {
    var mappings: [IORTMapping] = []
    let base = UInt32(host.segment) << 16
    var next: UInt32 = 0
    func direct(upTo end: UInt32) {
      guard let its, end > next else { return }
      mappings.append(
        IORTMapping(inputBase: next, count: end - next, outputBase: base | next, output: its))
    }
    for range in ranges where range.segment == host.segment {
      guard let smmu = smmus[range.iommu], range.first <= range.last else { continue }
      direct(upTo: UInt32(range.first))
      mappings.append(
        IORTMapping(
          inputBase: UInt32(range.first), count: UInt32(range.last - range.first) + 1,
          outputBase: range.id, output: smmu))
      next = UInt32(range.last) + 1
    }
    direct(upTo: 0x1_0000)
    return mappings
  }

  /// The first host with more ranges of requester IDs than its node has room for; nil where there is none.
  static func hostWithoutRoom(
    _ draft: TranslationDraft, hasITS: Bool
  ) -> TranslationDraft.Host? {
    let smmus = Dictionary(draft.smmus.map { ($0.target, 0) }) { first, _ in first }
    return draft.hosts.first { host in
      mappings(of: host, draft.ranges, smmus, hasITS ? 0 : nil).count
        > IORTRootComplex.mostMappings
    }
  }

  /// Adds a node; its number is returned.
  @discardableResult
  private mutating func append(_ kind: IORTNode.Kind, _ mappings: [IORTMapping] = []) -> Int {
    nodes.append(IORTNode(kind, mappings: mappings))
    return nodes.count - 1
  }

  private static func node(of entry: SMMUEntry) -> IORTSMMUv3 {
    var node = IORTSMMUv3(base: entry.at.value, firstInterrupt: 0)
    node.flags = entry.isCoherent ? 1 : 0
    node.eventInterrupt = entry.event
    node.pageRequestInterrupt = entry.pageRequest
    node.errorInterrupt = entry.globalError
    node.syncInterrupt = entry.sync
    return node
  }
}

import ACPI
import PlatformDescription

/// IORT: which devices are behind which SMMU, and by which IDs an ITS knows them.
///
/// **Source:** Arm IO Remapping Table, DEN 0049E.b, section 3; Linux `drivers/acpi/arm64/iort.c`.
struct IORemappingTable {
  /// A row of a node: IDs, and where they lead.
  private struct Mapping {
    var first: UInt32
    var last: UInt32
    var output: UInt32
    /// The offset of the node from the start of the table.
    var node: Int
    var isSingle = false

    func write(to node: inout StructureBytes) {
      // The number of IDs is written less one.
      node.append(first, last - first, output, UInt32(clamping: self.node), isSingle ? 1 : 0)
    }
  }

  /// Where the first node is: behind the header, the counts and 4 reserved bytes.
  private static let firstNode = 48

  private var nodes = StructureBytes()
  private var count: UInt32 = 0

  /// The table; nil for a machine that has neither an SMMU nor an ITS that PCI hosts send messages to.
  ///
  /// - Parameters:
  ///   - draft: What is behind what.
  ///   - hasITS: Whether messages go to an ITS.
  ///   - oemTableID: The name of the table.
  ///   - path: The path of a device in the namespace, as it is written.
  /// - Returns: The table.
  static func table(
    _ draft: TranslationDraft, hasITS: Bool, oemTableID: String, path: (NamePath) -> NamePath
  ) -> LoweredTable? {
    guard !draft.smmus.isEmpty || hasITS && !draft.hosts.isEmpty else { return nil }
    var table = IORemappingTable()
    var its: Int?
    // One ITS, which MADT calls 0.
    if hasITS {
      var group = StructureBytes()
      group.append(UInt32(1), 0)
      its = table.append(0, 1, group)
    }
    var smmus: [Target: Int] = [:]
    for (target, entry) in draft.smmus {
      let onward = its.map { Mapping(first: 0, last: 0xffff_ffff, output: 0, node: $0) }
      smmus[target] = table.append(4, 4, Self.body(of: entry), [onward].compactMap { $0 })
    }
    for host in draft.hosts { table.append(host, draft.ranges, smmus, its) }
    for endpoint in draft.endpoints {
      guard let smmu = smmus[endpoint.iommu] else { continue }
      var body = StructureBytes()
      body.appendZeros(4)
      body.append(access(endpoint.isCoherent))
      // The bits of an address: without a limit Linux ignores the node.
      body.append(UInt8(64))
      body.append(text: Self.fullName(of: path(endpoint.path)))
      // One byte at least: iasl takes a name without padding for the end of the table.
      body.appendZeros(4 - body.count % 4)
      table.append(
        1, 4, body,
        [Mapping(first: 0, last: 0, output: endpoint.id, node: smmu, isSingle: true)])
    }
    var body = StructureBytes()
    body.append(table.count, UInt32(firstNode))
    body.appendZeros(4)
    body.append(table.nodes)
    return LoweredTable(
      content: .structure(
        TableHeader("IORT", revision: 3, oemTableID: oemTableID), body: body.bytes))
  }

  /// A root complex: what an SMMU translates, and what goes to the ITS by itself.
  private mutating func append(
    _ host: TranslationDraft.Host, _ ranges: [TranslationDraft.Range], _ smmus: [Target: Int],
    _ its: Int?
  ) {
    var mappings: [Mapping] = []
    let base = UInt32(host.segment) << 16
    var next: UInt32 = 0
    func direct(upTo end: UInt32) {
      guard let its, end > next else { return }
      mappings.append(Mapping(first: next, last: end - 1, output: base | next, node: its))
    }
    for range in ranges where range.segment == host.segment {
      guard let smmu = smmus[range.iommu] else { continue }
      direct(upTo: UInt32(range.first))
      mappings.append(
        Mapping(
          first: UInt32(range.first), last: UInt32(range.last), output: range.id, node: smmu))
      next = UInt32(range.last) + 1
    }
    direct(upTo: 0x1_0000)
    // No ATS, all 64 bits of address, and no PASIDs.
    var body = Self.access(host.isCoherent)
    body.append(UInt32(0), UInt32(host.segment))
    body.append(UInt8(64), 0, 0, 0)
    append(2, 3, body, mappings)
  }

  /// Adds a node; its offset from the start of the table is returned.
  @discardableResult
  private mutating func append(
    _ type: UInt8, _ revision: UInt8, _ body: StructureBytes, _ mappings: [Mapping] = []
  ) -> Int {
    let offset = Self.firstNode + nodes.count
    let start = 16 + body.count
    nodes.append(type)
    nodes.append(UInt16(clamping: start + 20 * mappings.count))
    nodes.append(revision)
    nodes.append(count, UInt32(mappings.count), UInt32(mappings.isEmpty ? 0 : start))
    nodes.append(body)
    for mapping in mappings { mapping.write(to: &nodes) }
    count += 1
    return offset
  }

  /// A path with every `_` that pads a name: Linux compares characters.
  ///
  /// **Source:** Linux `drivers/acpi/arm64/iort.c`, `iort_match_node_callback`.
  private static func fullName(of path: NamePath) -> String {
    let names = path.segments.map { segment in
      segment.text + String(repeating: "_", count: 4 - segment.text.utf8.count)
    }
    return "\\" + names.joined(separator: ".")
  }

  /// Memory access properties: coherent, and cacheable whatever a device asks for, or neither.
  private static func access(_ isCoherent: Bool) -> StructureBytes {
    var properties = StructureBytes()
    properties.append(UInt32(isCoherent ? 1 : 0))
    properties.append(UInt8(0), 0, 0, isCoherent ? 3 : 0)
    return properties
  }

  private static func body(of entry: SMMUEntry) -> StructureBytes {
    var body = StructureBytes()
    body.append(entry.at.value)
    body.append(UInt32(entry.isCoherent ? 1 : 0), 0)
    // VATOS, and the generic model.
    body.appendZeros(12)
    body.append(entry.event, entry.pageRequest, entry.globalError, entry.sync)
    // Proximity domain, and which row is of its own messages: neither is marked valid.
    body.appendZeros(8)
    return body
  }
}

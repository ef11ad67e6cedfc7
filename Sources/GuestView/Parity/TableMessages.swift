import ACPI

/// Where IORT sends the messages of PCI's functions.
///
/// **Source:** Linux `drivers/acpi/arm64/iort.c`, `iort_msi_map_id`, `iort_node_map_id`.
struct TableMessages {
  private let nodes: [IORTNode]
  private var complexes: [UInt64: IORTNode] = [:]
  private var addresses: [UInt32: UInt64] = [:]

  init(_ view: TablesView) {
    nodes = view.iort?.content?.nodes ?? []
    for node in nodes {
      if case .rootComplex(let complex) = node.kind, complexes[UInt64(complex.segment)] == nil {
        complexes[UInt64(complex.segment)] = node
      }
    }
    for case .its(let id, let address) in view.madt?.content?.entries ?? []
    where addresses[id] == nil { addresses[id] = address }
  }

  /// Whether APIC lists an ITS at this address.
  func hasITS(at address: UInt64) -> Bool { addresses.values.contains(address) }

  /// Where the messages of a function of PCI go; nil for nowhere.
  func translation(ofRequester id: UInt32, segment: UInt64) -> MessageTranslation? {
    guard var node = complexes[segment] else { return nil }
    var id = id
    // From the root complex to an SMMU and on to an ITS: what goes round isn't followed.
    for _ in 0..<4 {
      guard
        let mapping = node.mappings.first(where: {
          !$0.isSingle && id >= $0.inputBase && id - $0.inputBase < $0.count
        }), nodes.indices.contains(mapping.output)
      else { return nil }
      id = mapping.outputBase &+ (id - mapping.inputBase)
      node = nodes[mapping.output]
      if case .its(let ids) = node.kind {
        return ids.first.flatMap { addresses[$0] }.map { MessageTranslation(its: $0, id: id) }
      }
    }
    return nil
  }

  /// The IDs at which something else may begin, for the buses of `segment`.
  func edges(ofSegment segment: UInt64) -> [UInt32] {
    var edges: [UInt32] = []
    for mapping in complexes[segment]?.mappings ?? [] {
      edges += [mapping.inputBase, mapping.inputBase &+ mapping.count]
      guard nodes.indices.contains(mapping.output) else { continue }
      for other in nodes[mapping.output].mappings.prefix(256) {
        for edge in [other.inputBase, other.inputBase &+ other.count]
        where edge >= mapping.outputBase && edge - mapping.outputBase < mapping.count {
          edges.append(mapping.inputBase &+ (edge - mapping.outputBase))
        }
      }
    }
    return edges
  }
}

import DeviceTree

extension RegionInventory {
  /// What the nodes of regions are called that are named after their kind and not after their use.
  ///
  /// **Source:** Devicetree Specification 0.4, section 3.5.4; dt-schema 2026.9,
  /// `schemas/reserved-memory/reserved-memory.yaml`.
  private static let kinds: Set<String> = [
    "buffer", "carveout", "dma-pool", "linux,cma", "memory", "pool", "region", "reserved",
    "reserved-memory", "restricted-dma-pool", "shared-dma-pool", "shmem", "swiotlb", "xen-shmem",
  ]

  /// Whether the name of `node` says what kind of region it is, as it does of others.
  static func isNamedAfterKind(_ node: FlattenedTree.Node) -> Bool {
    let name = node.baseName
    return kinds.contains(name) || node.isCompatible(name)
  }

  /// The value of `xen,id`, which Xen itself compares.
  static func xenID(of node: FlattenedTree.Node) -> String? {
    node.property("xen,id")?.string.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The other properties of `node` that are named like an identifier: `id`, `vendor,id`, `shm-id`.
  static func identifiers(of node: FlattenedTree.Node) -> [FlattenedTree.Property] {
    node.properties.filter { property in
      guard (1...mostIdentifierBytes).contains(property.count) else { return false }
      let name = property.name
      return name == "id" || name.hasSuffix(",id") && name != "xen,id" || name.hasSuffix("-id")
    }
  }

  /// What is longer than that is no identifier.
  private static let mostIdentifierBytes = 64

  /// The regions of a machine that `selection` names, and by what: by the first that any has.
  func regions(
    named selection: String, in machine: Int
  ) -> (key: ShareMatch.Key, regions: [Candidate])? {
    let all = candidates(of: machine)
    func found(_ key: ShareMatch.Key, _ matches: (Candidate) -> Bool) -> Found? {
      let regions = all.filter(matches)
      return regions.isEmpty ? nil : (key, Array(regions))
    }
    typealias Found = (key: ShareMatch.Key, regions: [Candidate])
    if let address = Self.address(selection) {
      return found(.base(address)) { $0.region.range?.first == address }
        ?? found(.address(address)) { $0.region.range.map { $0.contains(address) } ?? false }
    }
    let labelled = label(selection, in: machine)
    return found(.name(selection)) { $0.region.node.isNamed(selection) }
      ?? found(.name(selection)) { $0.region.node.hasBaseName(selection) }
      ?? labelled.flatMap { path in found(.label(selection)) { $0.region.node.path == path } }
      ?? found(.xenID(selection)) { Self.xenID(of: $0.region.node) == selection }
      ?? found(.compatible(selection)) { $0.region.node.isCompatible(selection) }
  }

  /// The path that a label of a machine's `/__symbols__` stands for.
  private func label(_ name: String, in machine: Int) -> String? {
    machines[machine].view.tree.root.child("__symbols__")?.property(name)?.string
  }

  /// The address that `text` spells: `0x50000000`, or in decimal digits.
  static func address(_ text: String) -> UInt64? {
    if text.hasPrefix("0x") { return UInt64(text.dropFirst(2), radix: 16) }
    return text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? UInt64(text) : nil
  }
}

extension AddressRange {
  fileprivate func contains(_ address: UInt64) -> Bool { first <= address && address <= last }
}

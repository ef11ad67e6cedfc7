import DeviceTree

/// Reads one child of `/reserved-memory` the way the kernel's two scans do.
struct RegionReader {
  let node: FlattenedTree.Node
  /// The root's, which the kernel uses for everything in here, `alignment` included.
  let cells: CellCounts
  let isAvailable: Bool
  let isIgnored: Bool

  func region(dynamicCount: inout Int) -> ReservedRegion {
    let entries = readEntries()
    let (extent, malformed) = readExtent(entries)
    var refusal: Refusal?
    if isIgnored {
      refusal = .nodeIgnored
    } else if !isAvailable {
      refusal = .disabled
    } else if let malformed {
      refusal = malformed
    } else {
      if case .dynamic = extent {
        dynamicCount += 1
        if dynamicCount > ReservedMemory.maximumDynamicRegions { refusal = .tooManyDynamic }
      }
      refusal = refusal ?? refusalByHandler
    }
    return ReservedRegion(
      node: node, kind: kind, extent: extent, entries: entries, refusal: refusal)
  }

  private var kind: ReservedRegion.Kind {
    guard let compatible = node.property("compatible") else { return .plain }
    if compatible.listsCompatible("restricted-dma-pool") { return .restrictedPool }
    guard compatible.listsCompatible("shared-dma-pool") else { return .plain }
    return node.has("reusable") ? .contiguous : .coherentPool
  }

  /// **Source:** Linux `kernel/dma/swiotlb.c`, `rmem_swiotlb_setup`; `kernel/dma/contiguous.c`,
  /// `rmem_cma_setup`.
  private var refusalByHandler: Refusal? {
    switch kind {
    case .restrictedPool:
      if let name = ForbiddenPoolProperties.first(in: node) { return .forbiddenProperty(name) }
      return node.isCompatible("shared-dma-pool") ? .twoKinds : nil
    case .contiguous: return node.has("no-map") ? .forbiddenProperty("no-map") : nil
    case .coherentPool, .plain: return nil
    }
  }

  private func readEntries() -> [ReservedRegion.Entry] {
    guard let reg = node.property("reg"), cells.isTranslatable else { return [] }
    return (0..<(reg.cellCount / cells.entry)).compactMap { index in
      let first = index * cells.entry
      guard let range = range(in: reg, at: first) else { return nil }
      return ReservedRegion.Entry(cells: first..<(first + cells.entry), range: range)
    }
  }

  private func range(in property: FlattenedTree.Property, at cell: Int) -> AddressRange? {
    guard let address = property.number(at: cell, cells: cells.address),
      let size = property.number(at: cell + cells.address, cells: cells.size)
    else { return nil }
    return AddressRange(at: address, size: size)
  }

  private func readExtent(
    _ entries: [ReservedRegion.Entry]
  ) -> (ReservedRegion.Extent, Refusal?) {
    guard cells.isTranslatable else { return (.none, .malformedReg) }
    if let reg = node.property("reg") {
      if reg.count % (4 * cells.entry) != 0 { return (.none, .malformedReg) }
      if let first = entries.first, first.cells.lowerBound == 0 {
        return (.fixed(first.range), nil)
      }
      let size = reg.number(at: cells.address, cells: cells.size)
      return (.none, size == 0 || reg.count == 0 ? .empty : .malformedReg)
    }
    guard let sizeProperty = node.property("size") else { return (.none, .withoutExtent) }
    guard sizeProperty.count == 4 * cells.size,
      let size = sizeProperty.number(at: 0, cells: cells.size)
    else { return (.none, .malformedSize) }
    guard size > 0 else { return (.none, .empty) }
    var alignment: UInt64?
    if let property = node.property("alignment") {
      guard property.count == 4 * cells.address,
        let value = property.number(at: 0, cells: cells.address)
      else { return (.none, .malformedAlignment) }
      alignment = value
    }
    var ranges: [AddressRange] = []
    if let property = node.property("alloc-ranges") {
      guard property.count % (4 * cells.entry) == 0 else { return (.none, .malformedAllocRanges) }
      ranges = stride(from: 0, to: property.cellCount, by: cells.entry).compactMap {
        range(in: property, at: $0)
      }
    }
    return (.dynamic(DynamicExtent(size: size, alignment: alignment, ranges: ranges)), nil)
  }
}

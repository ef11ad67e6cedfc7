import DeviceTree
import GuestView

/// The reserved regions of a guest beside those that it was to have.
struct ExpectedRegions {
  /// The same region in both: how it was to be, and how it is.
  private(set) var pairs: [(expected: ReservedRegion, actual: ReservedRegion)] = []
  /// The regions that were to be there, and aren't.
  private(set) var missing: [ReservedRegion] = []
  /// The regions that are there, and weren't to be.
  private(set) var added: [ReservedRegion] = []

  /// The regions of `view`: the same are those of one name, or else of one place.
  init(_ view: GuestView, _ expected: GuestView) {
    var left = view.regions
    var byName: [String: Int] = [:]
    for (index, region) in left.enumerated() where byName[region.node.name] == nil {
      byName[region.node.name] = index
    }
    var taken: Set<Int> = []
    var others: [ReservedRegion] = []
    for region in expected.regions {
      if let index = byName[region.node.name], taken.insert(index).inserted {
        pairs.append((region, left[index]))
      } else {
        others.append(region)
      }
    }
    var byPlace: [UInt64: Int] = [:]
    for (index, region) in left.enumerated() where !taken.contains(index) {
      if let first = region.range?.first, byPlace[first] == nil { byPlace[first] = index }
    }
    for region in others {
      if let first = region.range?.first, let index = byPlace[first], taken.insert(index).inserted {
        pairs.append((region, left[index]))
      } else {
        missing.append(region)
      }
    }
    left = left.enumerated().filter { !taken.contains($0.offset) }.map(\.element)
    added = left
  }

  /// What of a region decides what it is for the guest, in words; the same words for the same region.
  static func words(_ region: ReservedRegion) -> String {
    var words: [String] = []
    switch region.kind {
    case .restrictedPool: words.append("a restricted pool")
    case .coherentPool: words.append("a pool for coherent memory")
    case .contiguous: words.append("a pool of the contiguous allocator")
    case .plain: words.append("a region")
    }
    if !region.entries.isEmpty {
      words.append("at " + region.entries.map { "\($0.range)" }.joined(separator: " and "))
    } else if let dynamic = region.dynamic {
      words.append("of \(dynamic.size) bytes")
      if let alignment = dynamic.alignment { words.append("aligned to \(alignment)") }
      if !dynamic.ranges.isEmpty {
        words.append("within " + dynamic.ranges.map { "\($0)" }.joined(separator: " or "))
      }
    } else {
      words.append("that is nowhere")
    }
    for name in ["no-map", "reusable", "linux,cma-default", "linux,dma-default"]
    where region.node.has(name) {
      words.append(name)
    }
    if region.refusal != nil { words.append("that the kernel refuses") }
    return words.joined(separator: ", ")
  }
}

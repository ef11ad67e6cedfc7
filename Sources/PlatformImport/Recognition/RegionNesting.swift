import PlatformDescription

/// Puts regions of reserved memory into the braces of the memory that contains them, where there is
/// one that contains all.
enum RegionNesting {
  static func nest(_ elements: [Element]) -> [Element] {
    var memories: [Int] = []
    var regions: [Element] = []
    for (index, element) in elements.enumerated() {
      switch element {
      case .memory: memories.append(index)
      case .reservedMemory, .restrictedDMAPool, .sharedDMAPool: regions.append(element)
      default: break
      }
    }
    guard memories.count == 1, !regions.isEmpty, case .memory(var memory) = elements[memories[0]],
      regions.allSatisfy({ contains(memory, $0) })
    else { return elements }
    memory.regions = regions
    return elements.compactMap { element in
      switch element {
      case .memory: .memory(memory)
      case .reservedMemory, .restrictedDMAPool, .sharedDMAPool: nil
      default: element
      }
    }
  }

  /// Whether `region` lies in `memory`, or wherever the kernel puts it.
  private static func contains(_ memory: Memory, _ region: Element) -> Bool {
    guard let region = region.component as? any MemoryRegion else { return false }
    guard case .static(let range) = region.placement else { return true }
    let end = memory.at + memory.size
    return range.at >= memory.at && range.at + range.size <= end
  }
}

import DeviceTree

/// What lies where in guest-physical memory, as far as a tree says.
struct Occupancy {
  /// Addresses that something has.
  struct Claim {
    var range: ClosedRange<UInt64>
    /// The name of its node, or what else it is.
    var owner: String
  }

  /// RAM in ascending order, neighbours joined.
  private(set) var memory: [ClosedRange<UInt64>] = []
  /// What is taken, disabled or not: whoever enables it must not find something else there.
  private(set) var claims: [Claim] = []

  init(_ tree: Tree) {
    let root = tree.root
    let cells = CellPair(root, below: .unsaid)
    for reservation in tree.memoryReservations {
      claim(reservation.address, reservation.size, "a memory reservation")
    }
    for node in root.children {
      if node["device_type"] == .string("memory") {
        // Linux drivers/of/fdt.c, early_init_dt_scan_memory: a disabled one is none.
        guard node["status"].map({ $0 == .string("okay") || $0 == .string("ok") }) ?? true else {
          continue
        }
        for entry in node.registers(cells) {
          Self.range(entry.address, entry.size).map { memory.append($0) }
        }
      } else if node.name == "reserved-memory" {
        // Linux takes these addresses as they stand: drivers/of/of_reserved_mem.c.
        for region in node.children {
          for entry in region.registers(cells) {
            claim(entry.address, entry.size, region.name)
          }
        }
      } else {
        if node.name == "chosen" { claimInitialRAMDisk(node) }
        visit(node, on: cells, BusTranslation())
      }
    }
    memory = Self.joined(memory)
  }

  /// Takes addresses; nothing where there are none.
  mutating func claim(_ first: UInt64, _ size: UInt64, _ owner: String) {
    guard let range = Self.range(first, size) else { return }
    claims.append(Claim(range: range, owner: owner))
  }

  /// **Source:** Linux 6.12 `drivers/of/fdt.c`, `early_init_dt_check_for_initrd`.
  private mutating func claimInitialRAMDisk(_ chosen: DeviceTree.Node) {
    guard let first = chosen["linux,initrd-start"]?.number,
      let end = chosen["linux,initrd-end"]?.number, first < end
    else { return }
    claim(first, end - first, "the initial RAM disk")
  }

  private mutating func visit(
    _ node: DeviceTree.Node, on parent: CellPair, _ translation: BusTranslation
  ) {
    for entry in node.registers(parent) {
      guard let first = translation.address(of: entry.address) else { continue }
      claim(first, entry.size, node.name)
    }
    let cells = CellPair(node, below: parent)
    if node["device_type"] == .string("pci") {
      // Whatever is on the bus, what leads to it is taken: three cells for the bus in front.
      let sizes = [3, parent.address, cells.size]
      for numbers in node["ranges"]?.numbers(sizes) ?? [] {
        guard let first = translation.address(of: numbers[1]) else { continue }
        claim(first, numbers[2], node.name)
      }
      return
    }
    // What has no ranges has addresses of its own, such as /cpus. Framebuffers of the firmware are below
    // /chosen.
    guard node["ranges"] != nil || node.name == "chosen" else { return }
    let inner = translation.behind(node, on: parent)
    for child in node.children { visit(child, on: cells, inner) }
  }

  private static func range(_ first: UInt64, _ size: UInt64) -> ClosedRange<UInt64>? {
    guard size > 0 else { return nil }
    let (last, overflow) = first.addingReportingOverflow(size - 1)
    return first...(overflow ? .max : last)
  }

  private static func joined(_ ranges: [ClosedRange<UInt64>]) -> [ClosedRange<UInt64>] {
    var joined: [ClosedRange<UInt64>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = joined.last, last.upperBound == .max || range.lowerBound <= last.upperBound + 1
      {
        joined[joined.count - 1] =
          last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        joined.append(range)
      }
    }
    return joined
  }
}

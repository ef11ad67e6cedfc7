public import DeviceTree

/// The memory that the kernel keeps of what `/memory` describes, and what made it give up the rest.
public struct UsableMemory: Sendable {
  /// Something that limits memory.
  public struct Limit: Sendable {
    /// `bootargs`, or `linux,usable-memory-range`.
    public let property: FlattenedTree.Property
    /// The parameter, as in `mem=128M`; nil for `linux,usable-memory-range`.
    public let parameter: CommandLine.Parameter?
    /// What there was before it.
    public let before: RangeSet
    /// What it leaves.
    public let after: RangeSet
  }

  /// What is left in the end.
  public let set: RangeSet
  /// The limits that cut something off, in the order in which the kernel applies them.
  public let limits: [Limit]

  init(
    _ memory: RangeSet, in topology: Topology, commandLine: CommandLine?,
    architecture: Architecture?
  ) {
    var set = memory
    var limits: [Limit] = []
    func apply(
      _ after: RangeSet, _ property: FlattenedTree.Property, _ parameter: CommandLine.Parameter?
    ) {
      guard after.ranges != set.ranges else { return }
      limits.append(Limit(property: property, parameter: parameter, before: set, after: after))
      set = after
    }
    if !memory.isEmpty {
      if let property = topology.tree.root.child("chosen")?.property("linux,usable-memory-range"),
        let usable = Self.usable(property, of: set, topology)
      {
        apply(usable, property, nil)
      }
      if let commandLine, architecture != nil,
        let (parameter, limit) = Self.limit(in: commandLine, architecture)
      {
        apply(Self.first(limit, of: set), commandLine.property, parameter)
      }
    }
    self.set = set
    self.limits = limits
  }

  /// The first range is what memory is cut down to, and a second one is added.
  ///
  /// **Source:** Linux `drivers/of/fdt.c`, `early_init_dt_check_for_usable_mem_range`;
  /// `mm/memblock.c`, `memblock_cap_memory_range`.
  private static func usable(
    _ property: FlattenedTree.Property, of memory: RangeSet, _ topology: Topology
  ) -> RangeSet? {
    let cells = topology[topology.tree.root].cells
    guard cells.isTranslatable, property.count % (4 * cells.entry) == 0 else { return nil }
    let ranges = (0..<min(2, property.cellCount / cells.entry)).map { index -> AddressRange? in
      guard let address = property.number(at: index * cells.entry, cells: cells.address),
        let size = property.number(at: index * cells.entry + cells.address, cells: cells.size)
      else { return nil }
      return AddressRange(at: address, size: size)
    }
    guard let first = ranges.first, let cap = first else { return nil }
    return RangeSet(
      memory.ranges.compactMap { $0.intersection(cap) } + ranges.dropFirst().compactMap(\.self))
  }

  /// On arm64 the last `mem=` counts, on RISC-V the lowest.
  ///
  /// **Source:** Linux `arch/arm64/mm/init.c` and `arch/riscv/mm/init.c`, `early_mem`.
  private static func limit(
    in commandLine: CommandLine, _ architecture: Architecture?
  ) -> (CommandLine.Parameter, UInt64)? {
    let limits = commandLine.parameters.compactMap { parameter in
      parameter.name == "mem"
        ? parameter.value.flatMap(CommandLine.bytes).map { (parameter, $0) } : nil
    }
    let limit =
      switch architecture {
      case .arm64: limits.last
      case .riscv64: limits.min { $0.1 < $1.1 }
      default: nil as (CommandLine.Parameter, UInt64)?
      }
    // A limit below a page is none.
    guard let limit, limit.1 >= RestrictedPool.pageSize else { return nil }
    return (limit.0, limit.1 & ~(RestrictedPool.pageSize - 1))
  }

  /// The lowest `size` bytes.
  ///
  /// **Source:** Linux `mm/memblock.c`, `__find_max_addr`.
  private static func first(_ size: UInt64, of memory: RangeSet) -> RangeSet {
    var left = size
    var ranges: [AddressRange] = []
    for range in memory.ranges where left > 0 {
      let length = UInt64(clamping: range.size)
      guard let part = AddressRange(at: range.first, size: min(left, length)) else { break }
      ranges.append(part)
      left -= min(left, length)
    }
    return RangeSet(ranges)
  }
}

import DeviceTree
import PlatformDescription

extension MachineLowering {
  mutating func lower(_ noun: Memory) {
    var node = DraftNode("memory", at: noun.at, declaration: noun.declaration)
    node.set("device_type", .string("memory"))
    node.set("reg", reg: [(noun.at, noun.size)])
    finish(&node)
    // A size that its machine hasn't is said already.
    if preset == nil || mistakes.isEmpty { check(noun) }
    memory.append(node)
    let first = computedPools.count
    for region in noun.regions { _ = lower(region) }
    let (last, overflow) = noun.at.value.addingReportingOverflow(max(noun.size.bytes, 1) - 1)
    let bounds = FreeMemory.Bounds(
      range: noun.at.value...(overflow ? .max : last), name: node.name)
    for index in computedPools.indices.dropFirst(first) { computedPools[index].bounds = bounds }
  }

  /// Whether there can be such RAM, and nothing else has its place.
  private mutating func check(_ noun: Memory) {
    let location = noun.declaration.location
    guard noun.size.bytes > 0 else {
      mistake(
        "description/impossible-memory", "this memory has no bytes", at: location,
        help: "say how large it is, or leave it out")
      return
    }
    let (last, overflow) = noun.at.value.addingReportingOverflow(noun.size.bytes - 1)
    // Armv9 and the page tables of RISC-V have addresses of 52 and of 56 bits.
    let bits: UInt64 = architecture == .arm64 ? 52 : 56
    if overflow || last >> bits != 0 {
      mistake(
        "description/impossible-memory",
        "this memory ends beyond the \(bits) bits that an address of \(architecture.rawValue) has",
        at: location, help: "make it smaller, or let it start lower")
      return
    }
    // Linux `drivers/of/fdt.c`, `early_init_dt_add_memory_arch`: what fills no page is dropped.
    if noun.at.value % 4096 != 0 || noun.size.bytes % 4096 != 0 {
      mistake(
        "description/impossible-memory",
        "this memory is not whole pages of 4 KiB: the guest would drop what is left over",
        at: location, help: "let it start at, and have, a multiple of 4 KiB")
    }
    // Two of one address are two nodes of one name, which is said of them.
    let clash = memoryRanges.first {
      $0.first != noun.at.value && $0.first <= last && noun.at.value <= $0.last
    }
    if let clash {
      mistake(
        "description/impossible-memory", "two memories have the same addresses",
        at: location, help: "let one end where the other starts",
        related: [.init("the other one is here", at: clash.location)])
    }
    memoryRanges.append((noun.at.value, last, location))
  }

  mutating func lower(_ noun: PlatformDescription.MemoryReservation) {
    refuseWordsOfNodes(noun.declaration, of: "a memory reservation")
    guard noun.size.bytes > 0 else {
      mistake(
        "description/empty-reservation", "a memory reservation of no bytes ends the list",
        at: noun.declaration.location, help: "say how much is reserved, or leave it out")
      return
    }
    guard !noun.at.value.addingReportingOverflow(noun.size.bytes - 1).overflow else {
      mistake(
        "description/beyond-addresses",
        "\(noun.size) from 0x\(String(noun.at.value, radix: 16)) end beyond 64 bits",
        at: noun.declaration.location, help: "reserve less, or at a lower address")
      return
    }
    reservationLocations.append(noun.declaration.location)
    reservations.append(
      DeviceTree.MemoryReservation(address: noun.at.value, size: noun.size.bytes))
  }

  mutating func lower(_ noun: RestrictedDMAPool) {
    guard var node = region(noun) else { return }
    node.properties.insert(
      DraftProperty(name: "compatible", value: .fixed(.string("restricted-dma-pool"))), at: 0)
    finish(&node)
    for target in node.targets { poolTargets[target] = noun.name }
    if case .computed = noun.placement { computedPools.append((noun, nil)) }
    regions.append(node)
  }

  mutating func lower(_ noun: SharedDMAPool) {
    guard var node = region(noun) else { return }
    node.properties.insert(
      DraftProperty(name: "compatible", value: .fixed(.string("shared-dma-pool"))), at: 0)
    switch noun.use {
    case .coherent: node.set("no-map", .empty)
    case .reusable: node.set("reusable", .empty)
    case .cmaDefault:
      node.set("reusable", .empty)
      node.set("linux,cma-default", .empty)
    }
    finish(&node)
    regions.append(node)
  }

  mutating func lower(_ noun: ReservedMemory) {
    guard var node = region(noun) else { return }
    if !noun.compatible.isEmpty {
      node.properties.insert(
        DraftProperty(name: "compatible", value: .fixed(.strings(noun.compatible))), at: 0)
    }
    if noun.noMap { node.set("no-map", .empty) }
    if noun.reusable { node.set("reusable", .empty) }
    finish(&node)
    regions.append(node)
  }

  private mutating func region(_ noun: some MemoryRegion) -> DraftNode? {
    let location = noun.declaration.location
    guard isFirstRegion(noun.name, at: location) else { return nil }
    guard Spelling.isNodeName(noun.name) else {
      mistake(
        "description/invalid-name", "'\(noun.name)' can't name a node", at: location,
        help: Spelling.nodeNameHelp)
      return nil
    }
    let target = Target.region(name: noun.name)
    switch noun.placement {
    case .static(let range):
      var node = DraftNode(
        noun.name, at: range.at, declaration: noun.declaration, target: target)
      node.set("reg", reg: [(range.at, range.size)])
      return node
    case .dynamic(let placement):
      var node = DraftNode(noun.name, declaration: noun.declaration, target: target)
      node.set("size", .cells(placement.size.cells))
      if let alignment = placement.alignment {
        // The binding says #size-cells, Linux reads #address-cells: both are two here.
        node.set("alignment", .cells(alignment.cells))
      }
      if !placement.allocRanges.isEmpty {
        node.set("alloc-ranges", reg: placement.allocRanges.map { ($0.at, $0.size) })
      }
      return node
    case .computed:
      guard noun is RestrictedDMAPool else {
        mistake(
          "description/nothing-to-compute",
          "only a restricted pool is computed, and '\(noun.name)' is none", at: location,
          help: "say where it lies and how large it is")
        return nil
      }
      let undecided = Self.undecided
      var node = DraftNode(
        noun.name, at: undecided.at, declaration: noun.declaration, target: target)
      node.set("reg", reg: [(undecided.at, undecided.size)])
      return node
    }
  }
}

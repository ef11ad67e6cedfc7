import DeviceTree
import PlatformDescription

extension MachineLowering {
  mutating func node(
    for noun: PCIBridge, on bus: PCIBusDraft, of host: inout PCIHostDraft
  ) -> DraftNode? {
    let location = noun.declaration.location
    guard
      let address = address(
        slot: noun.slot, function: noun.function, on: bus, of: &host, at: location)
    else { return nil }
    let (first, last) = (noun.buses.first, noun.buses.last)
    guard bus.number < first, first <= last, last <= bus.last else {
      mistake(
        "description/no-such-bus",
        first == last
          ? "bus \(first) can't be behind bus \(bus.number), on which this bridge is"
          : "buses \(first) to \(last) can't be behind bus \(bus.number), on which this bridge is",
        at: location,
        help: bus.number == bus.last
          ? "let 'buses:' of the PCI host end later"
          : "number them from \(bus.number + 1) to at most \(bus.last)")
      return nil
    }
    let clash = host.buses.first { $0.first <= last && first <= $0.last && $0.parent == bus.number }
    if let clash {
      mistake(
        "description/duplicate-bus", "two bridges lead to bus \(max(first, clash.first))",
        at: location, help: "give one of them other buses",
        related: [.init("the first is here", at: clash.location)])
    }
    host.buses.append(
      .init(parent: bus.number, first: first, last: last, location: location))
    let target = Target.pciBridge(domain: host.domain, bus: first)
    let children = functions(
      noun.content,
      on: PCIBusDraft(
        segment: bus.segment, number: first, last: last, parent: target, isRoot: false),
      of: &host)
    guard
      !children.isEmpty || noun.declaration.label != nil || !noun.declaration.additions.isEmpty
        || !noun.declaration.allowances.isEmpty
    else { return nil }
    var node = self.node(names.pciHost, at: address, noun.declaration, target: target)
    node.set("device_type", .string("pci"))
    node.set("bus-range", .cells([UInt32(first), UInt32(last)]))
    node.set("#address-cells", .u32(3))
    node.set("#size-cells", .u32(2))
    node.set("ranges", .empty)
    if host.firstInterrupt != nil { setInterruptMap(ofBridgeAt: address, behind: bus, &node) }
    node.children = children
    finish(&node)
    return node
  }
}

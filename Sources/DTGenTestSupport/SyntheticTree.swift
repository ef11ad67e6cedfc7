public import DeviceTree

extension Tree {
  /// A well-formed tree of `nodeCount` nodes, for measurements: buses of 256 devices, each with an
  /// address, an interrupt and a reference, as the trees of virtual machines have them.
  public static func synthetic(nodeCount: Int) -> Tree {
    let devicesPerBus = 256
    var buses: [Node] = [
      Node(
        "intc",
        properties: [
          Property("compatible", .string("arm,gic-v3")),
          Property("interrupt-controller", .empty),
          Property("#interrupt-cells", .u32(3)),
          Property("phandle", .u32(1)),
        ])
    ]
    var remaining = nodeCount - 2
    var number: UInt64 = 0
    while remaining > 0 {
      var bus = Node(
        "bus", at: number << 16,
        properties: [
          Property("compatible", .string("simple-bus")),
          Property("#address-cells", .u32(2)),
          Property("#size-cells", .u32(2)),
          Property("ranges", .empty),
        ])
      remaining -= 1
      for _ in 0..<min(devicesPerBus, remaining) {
        let address = 0x1_0000_0000 + number << 9
        bus.children.append(
          Node(
            "virtio_mmio", at: address,
            properties: [
              Property("compatible", .string("virtio,mmio")),
              Property(
                "reg",
                .cells([UInt32(address >> 32), UInt32(truncatingIfNeeded: address), 0, 0x200])),
              Property("interrupts", .cells([0, UInt32(number % 900), 1])),
              Property("dma-coherent", .empty),
            ]))
        number += 1
      }
      remaining -= min(devicesPerBus, remaining)
      buses.append(bus)
      number += 1
    }
    return Tree(
      root: Node(
        "",
        properties: [
          Property("interrupt-parent", .u32(1)),
          Property("#address-cells", .u32(2)),
          Property("#size-cells", .u32(2)),
          Property("compatible", .string("linux,dummy-virt")),
        ], children: buses))
  }
}

import DeviceTree
import Testing

/// Trees that the tests of this module share: each shape that a writer or reader may stumble over.
struct SampleTree: Sendable, CustomTestStringConvertible {
  let name: String
  let tree: Tree
  var testDescription: String { name }

  static let all = [empty, guest, oddities, wide]

  /// Those that dtc compiles: it refuses a phandle that is not one cell.
  static let accepted = [empty, guest, spellable, wide]

  /// ``oddities`` without what dtc refuses.
  static let spellable: SampleTree = {
    var tree = oddities.tree
    tree.root["phandle"] = nil
    return SampleTree(name: "values of every length that dtc takes", tree: tree)
  }()

  static let empty = SampleTree(name: "an empty root", tree: Tree())

  static let guest = SampleTree(
    name: "a protected guest",
    tree: Tree(
      root: Node(
        "",
        properties: [
          Property("interrupt-parent", .u32(1)),
          Property("#address-cells", .u32(2)),
          Property("#size-cells", .u32(2)),
          Property("compatible", .strings(["linux,dummy-virt", "example,\"quoted\\\""])),
        ],
        children: [
          Node(
            "chosen",
            properties: [
              Property("bootargs", .string("console=ttyAMA0 /* no comment */ // nor this")),
              Property("stdout-path", .string("/pl011@9000000")),
              Property("rng-seed", PropertyValue(bytes: Array(0..<32))),
            ]),
          Node(
            "memory", at: 0x4000_0000,
            properties: [
              Property("device_type", .string("memory")),
              Property("reg", .cells([0, 0x4000_0000, 0, 0x4000_0000])),
            ]),
          Node(
            "reserved-memory",
            properties: [
              Property("#address-cells", .u32(2)),
              Property("#size-cells", .u32(2)),
              Property("ranges", .empty),
            ],
            children: [
              Node(
                "bounce", at: 0x5f00_0000,
                properties: [
                  Property("compatible", .string("restricted-dma-pool")),
                  Property("reg", .cells([0, 0x5f00_0000, 0, 0x80_0000])),
                  Property("phandle", .u32(2)),
                ])
            ]),
          Node(
            "apb-pclk",
            properties: [
              Property("compatible", .string("fixed-clock")),
              Property("#clock-cells", .u32(0)),
              Property("clock-frequency", .u32(24_000_000)),
              Property("phandle", .u32(3)),
            ]),
          Node(
            "intc", at: 0x800_0000,
            properties: [
              Property("compatible", .string("arm,gic-v3")),
              Property("interrupt-controller", .empty),
              Property("#interrupt-cells", .u32(3)),
              Property("#address-cells", .u32(2)),
              Property("#size-cells", .u32(2)),
              Property("ranges", .empty),
              Property("reg", .cells([0, 0x800_0000, 0, 0x1_0000, 0, 0x80a_0000, 0, 0xf6_0000])),
              Property("phandle", .u32(1)),
            ]),
          Node(
            "timer",
            properties: [
              Property("compatible", .string("arm,armv8-timer")),
              Property(
                "interrupts", .cells([1, 13, 4, 1, 14, 4, 1, 11, 4, 1, 10, 4])),
            ]),
          Node(
            "pl011", at: 0x900_0000,
            properties: [
              Property("compatible", .strings(["arm,pl011", "arm,primecell"])),
              Property("reg", .cells([0, 0x900_0000, 0, 0x1000])),
              Property("interrupts", .cells([0, 1, 4])),
              Property("clocks", .cells([3, 3])),
              Property("clock-names", .strings(["uartclk", "apb_pclk"])),
            ]),
          Node(
            "virtio_mmio", at: 0xa00_0000,
            properties: [
              Property("compatible", .string("virtio,mmio")),
              Property("reg", .cells([0, 0xa00_0000, 0, 0x200])),
              Property("interrupts", .cells([0, 16, 1])),
              Property("memory-region", .u32(2)),
              Property("dma-coherent", .empty),
            ]),
          Node(
            "virtio_mmio", at: 0xa00_0200,
            properties: [
              Property("compatible", .string("virtio,mmio")),
              Property("reg", .cells([0, 0xa00_0200, 0, 0x200])),
              Property("interrupts-extended", .cells([1, 0, 17, 1])),
              Property("memory-region", .u32(2)),
              Property("status", .string("disabled")),
            ]),
        ]),
      memoryReservations: [
        MemoryReservation(address: 0x4000_0000, size: 0x1_0000),
        MemoryReservation(address: 0xffff_ffff_ffff_0000, size: 0xffff),
      ],
      bootCPU: 3))

  static let oddities = SampleTree(
    name: "values of every length",
    tree: Tree(
      root: Node(
        "",
        properties: (0...9).map { count in
          Property("bytes\(count)", PropertyValue(bytes: (0..<count).map { 0xf0 + UInt8($0) }))
        } + [
          Property("123", .u32(1)),
          Property("#", .u32(2)),
          Property("a+b*c?d.e,f_g", .string("tab\there, newline\nthere, bell\u{7}, é")),
          Property("label", .string("")),
          Property("status", .cells([1])),
          Property("model", .cells([0])),
          Property("compatible", PropertyValue(bytes: Array("no end".utf8))),
          Property("reg", .cells([1, 2, 3, 4, 5])),
          Property("phandle", PropertyValue(bytes: [1])),
          Property("memory-region", .cells([77])),
          Property("clocks", .cells([0, 99])),
          Property("interrupts", .cells([1, 2])),
          Property("example,trick", .string("?.Q")),
          Property("example,text", .string("plain")),
        ],
        children: [
          Node("9node"), Node("a"), Node("a@"), Node("a@0"), Node("a@0,1"),
          Node("cpus", properties: [Property("#address-cells", .u32(0xffff_ffff))]),
        ])))

  static let wide = SampleTree(
    name: "many nodes and values",
    tree: Tree(
      root: Node(
        "",
        properties: [
          Property("long-cells", .cells((0..<100).map { $0 &* 0x9e37_79b9 })),
          Property("long-bytes", PropertyValue(bytes: (0..<101).map { UInt8($0) })),
          Property(
            "clock-names", .strings((0..<60).map { "clock-number-\($0)" })),
        ],
        children: (0..<300).map { index in
          Node(
            "dev", at: UInt64(index),
            properties: [Property("reg", .cells([0, UInt32(index), 1]))],
            children: index % 7 == 0 ? [Node("child", properties: [Property("x", .empty)])] : [])
        })))
}

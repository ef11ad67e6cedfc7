import DeviceTree
import Diagnostics
import GuestView

/// The guest needs a `/memory` node that the kernel recognises.
enum NoMemory: Rule {
  static let id = "memory/no-memory"
  static let severity = Severity.error
  static let summary = "no node describes memory, or next to none of it is left"
  static let rationale = """
    The kernel takes its memory from children of the root whose device_type is exactly "memory" and \
    which are enabled. The name of the node does not matter, and without device_type it is just a node. What is reserved, or lies behind a mem= limit, is not there to \
    be used, and in less than 4 MiB no kernel fits with what it needs to start.
    """
  static let consequence = "the kernel panics before it has a console but an early one"
  static let logLine: String? = "Kernel panic - not syncing: Failed to allocate page table page"
  static let help =
    "add a child of the root with device_type = \"memory\" and the RAM of the machine as its reg"
  static let exceptions = """
    With UEFI the memory map of the firmware counts and /memory is discarded. A VMM may also add \
    the node before it starts the guest, as QEMU does.
    """
  static let sources = [
    Source.linux("drivers/of/fdt.c", "early_init_dt_scan_memory"), .devicetree("3.4"),
    .linux("mm/memblock.c", "memblock_find_in_range_node"),
    .observed("without device_type nothing is printed, unless there is an early console"),
  ]
  static let good = [
    Example(
      """
      &memory {
        reg = <0x0 0x40000000 0x0 0x40000000>, <0x1 0x0 0x0 0x40000000>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &memory {  // finding
        /delete-property/ device_type;
      };
      """),
    Example(
      """
      &memory {
        status = "disabled";  // finding
      };
      """),
    Example(
      """
      &reserved {
        all@40000000 {
          reg = <0x0 0x40000000 0x0 0x1f000000>;
        };
        rest@5f800000 {
          reg = <0x0 0x5f800000 0x0 0x20800000>;
        };
      };
      &memory {
        reg = <0x0 0x40000000 0x0 0x40000000>;  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard view.memory.isEmpty else {
      checkRoom(view, &report)
      return
    }
    for node in view.tree.root.children where node.baseName == "memory" {
      if node.property("device_type")?.string != "memory" {
        report(
          "this is not memory to the kernel, and nothing else is", at: .node(node),
          found: node.has("device_type") ? "another device_type" : "no device_type",
          expected: "device_type = \"memory\"")
      } else if let status = node.property("status"), !view.isAvailable(node) {
        report("all memory is disabled", at: .property(status), found: status.string)
      } else {
        report("no memory can be read from this node", at: .node(node))
      }
      return
    }
    report("no node describes memory", at: .node(view.tree.root))
  }

  /// Far below what any kernel for a guest takes, so that only a mistake is found.
  private static let least: UInt128 = 4 << 20

  private static func checkRoom(_ view: GuestView, _ report: inout Reporter) {
    let usable = view.usableMemory.set.ranges
    let size = usable.reduce(UInt128(0)) { $0 + $1.size }
    guard size >= least else {
      let spot = view.usableMemory.limits.last?.property ?? view.memory[0].property
      report(
        "there is less memory than a kernel takes", at: .property(spot),
        found: ByteText.hexAndSize(size), expected: "\(ByteText.size(least)) and more")
      return
    }
    let claims = view.addressMap.claims(.reservedRegion, .memoryReservation)
    let left = size - taken(of: usable, by: RangeSet(claims.map(\.range)).ranges)
    guard left < least else { return }
    report(
      "next to all memory is reserved", at: .property(view.memory[0].property),
      found: "\(ByteText.size(left)) left of \(ByteText.size(size))",
      expected: "\(ByteText.size(least)) and more",
      related: claims.prefix(4).map { Party("reserves \($0.range)", at: .claim($0)) })
  }

  /// How much of `memory` is in `others`; both are disjoint and in ascending order.
  private static func taken(of memory: [AddressRange], by others: [AddressRange]) -> UInt128 {
    var sum = UInt128(0)
    var (one, other) = (0, 0)
    while one < memory.count, other < others.count {
      sum += memory[one].intersection(others[other])?.size ?? 0
      if memory[one].last < others[other].last { one += 1 } else { other += 1 }
    }
    return sum
  }
}

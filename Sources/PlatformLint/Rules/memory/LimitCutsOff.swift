import DeviceTree
import Diagnostics
import GuestView

/// A limit on memory must leave what the guest needs of it.
enum LimitCutsOff: Rule {
  static let id = "memory/limit-cuts-off"
  static let severity = Severity.error
  static let summary = "mem= or linux,usable-memory-range cuts off what lies in memory"
  static let rationale = """
    Memory above a limit is not in the kernel's linear map. Regions there are reserved all the same, \
    and a restricted pool is cleared through that map when its first device attaches. A contiguous \
    region has no pages to hand out. An initial RAM disk is given its memory back on arm64, but not below \
    the start of what is left, and not on RISC-V.
    """
  static let consequence = """
    the kernel panics when the first device attaches to a pool, and drops a RAM disk or a contiguous \
    region
    """
  static let logLine: String? = "Unable to handle kernel paging request at virtual address"
  static let help = "raise the limit, or move what it cuts off below it"
  static let exceptions = """
    Other regions, which their drivers map by themselves. A warning for contiguous ones. Trees that do \
    not tell their architecture, for mem=.
    """
  static let sources = [
    Source.linux("arch/arm64/mm/init.c", "early_mem", "arm64_memblock_init"),
    .linux("drivers/of/fdt.c", "early_init_dt_check_for_usable_mem_range"),
    .linux("mm/memblock.c", "memblock_cap_memory_range"),
    .linux("kernel/dma/swiotlb.c", "swiotlb_init_io_tlb_pool"),
    .linux("init/initramfs.c", "reserve_initrd_mem"),
  ]
  static let good = [
    example("mem=512M", pool: "0x50000000", ""),
    Example(
      """
      &chosen {
        linux,usable-memory-range = <0x0 0x40000000 0x0 0x20000000>;
      };
      """),
  ]
  static let bad = [
    example("console=ttyAMA0 mem=256M", pool: "0x5f000000", "  // finding"),
    Example(
      """
      &chosen {
        linux,usable-memory-range = <0x0 0x40000000 0x0 0x10000000>;  // finding
      };
      """),
    Example(
      """
      &chosen {
        linux,initrd-start = <0x0 0x48000000>;
        linux,initrd-end = <0x0 0x49000000>;
        linux,usable-memory-range = <0x0 0x50000000 0x0 0x20000000>;  // finding
      };
      """),
  ]

  private static func example(_ text: String, pool: String, _ marker: String) -> Example {
    Example(
      """
      &reserved {
        /delete-node/ restricted-dma-pool@5f000000;
        bounce: restricted-dma-pool@\(pool.dropFirst(2)) {
          compatible = "restricted-dma-pool";
          reg = <0x0 \(pool) 0x0 0x800000>;
        };
      };
      &disk {
        memory-region = <&bounce>;
      };
      &net {
        memory-region = <&bounce>;
      };
      &chosen {
        bootargs = "\(text)";\(marker)
      };
      """)
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for limit in view.usableMemory.limits {
      var lost: [Party] = []
      var severity = Severity.warning
      for region in view.regions where region.refusal == nil {
        guard let range = region.range, limit.before.contains(range),
          !limit.after.contains(range), region.kind == .restrictedPool || region.kind == .contiguous
        else { continue }
        if region.kind == .restrictedPool { severity = .error }
        lost.append(Party("is cut off, \(range)", at: .node(region.node)))
      }
      if let disk = view.initialRAMDisk, isLost(disk.range, to: limit, view) {
        severity = .error
        lost.append(Party("is the RAM disk, \(disk.range)", at: .property(disk.start)))
      }
      guard !lost.isEmpty else { continue }
      let left = limit.after.ranges.reduce(UInt128(0)) { $0 + $1.size }
      report(
        "the limit leaves \(ByteText.size(left)) of memory and cuts off what lies in the rest",
        at: .property(limit.property),
        found: limit.parameter?.text ?? limit.after.ranges.first.map { "\($0)" },
        expected: "a limit behind it", related: Array(lost.prefix(4)), severity: severity)
    }
  }

  private static func isLost(
    _ disk: AddressRange, to limit: UsableMemory.Limit, _ view: GuestView
  ) -> Bool {
    guard limit.before.contains(disk), !limit.after.contains(disk) else { return false }
    guard view.architecture != .riscv64, let start = limit.after.ranges.first?.first else {
      return true
    }
    return disk.first < start
  }
}

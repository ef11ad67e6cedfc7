import DeviceTree
import Diagnostics
import GuestView

/// pvmfw takes one restricted pool, in a shape that it checks.
enum PoolRefused: TargetRule {
  static let id = "pvmfw/pool-refused"
  static let profile: TargetName? = .pvmfw
  static let severity = Severity.error
  static let summary = "there is no restricted pool, or pvmfw refuses it"
  static let rationale = """
    A protected guest shares its pool with the host and nothing else, so there has to be one. pvmfw reads the first: \
    its reg, or else size and alignment, both there and of two cells. The size and the alignment are whole pages \
    of 4 KiB, and what reg says lies in memory.
    """
  static let consequence = "pvmfw reboots with PVM_FIRMWARE_INVALID_FDT, and the guest never starts"
  static let logLine: String? = "Failed to read swiotlb info from DT: \(PVMFW.notFound)"
  static let help = "give the pool a reg in memory, or size and alignment, in whole pages"
  static let sources = [
    Source.pvmfw("src/fdt.rs", "validate_swiotlb_info", "patch_swiotlb_info"),
    .program("Android libs/libvmbase", "src/fdt.rs, SwiotlbInfo::new_from_fdt"),
  ]
  static let good = [
    Example(
      in: .protected,
      """
      &reserved {
        /delete-node/ restricted_dma_reserved@9c000000;

        swiotlb: restricted_dma_reserved@90000000 {
          compatible = "restricted-dma-pool";
          reg = <0x0 0x90000000 0x0 0x4000000>;
        };
      };
      """)
  ]
  static let bad = [
    Example(
      in: .protected,
      """
      &reserved {  // finding
        /delete-node/ restricted_dma_reserved@9c000000;
      };

      &pci {
        /delete-property/ memory-region;
      };
      """),
    Example(
      in: .protected,
      """
      &memory {
        reg = <0x0 0x80000000 0x0 0x20000000>, <0x0 0xb0000000 0x0 0x10000000>;
      };

      &reserved {
        /delete-node/ restricted_dma_reserved@9c000000;

        swiotlb: restricted_dma_reserved@b0000000 {
          compatible = "restricted-dma-pool";
          reg = <0x0 0xb0000000 0x0 0x4000000>;  // finding
        };
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let pvmfw = PVMFW(view)
    guard let node = pvmfw.nodes("restricted-dma-pool").first else {
      report(
        "pvmfw finds no restricted pool",
        at: .node(pvmfw.child("reserved-memory", of: view.tree.root) ?? view.tree.root),
        expected: "a node compatible with restricted-dma-pool")
      return
    }
    if let reg = node.property("reg") {
      guard let entry = pvmfw.entry(of: node) else {
        report("pvmfw can't read the pool", at: .property(reg))
        return
      }
      checkFixed(entry, pvmfw, &report)
      return
    }
    for name in ["size", "alignment"] {
      guard let property = node.property(name) else {
        report("pvmfw finds no \(name)", at: .node(node), expected: "reg, or size and alignment")
        return
      }
      guard property.count == 8, let number = property.number(at: 0, cells: 2) else {
        report(
          "pvmfw reads numbers of two cells here", at: .property(property),
          found: "\(property.count) bytes", expected: "8 bytes",
          log: .line("Failed to read swiotlb info from DT: Unexpected property value"))
        return
      }
      if number % PVMFW.pageSize != 0 || number == 0 && name == "size" {
        report(
          "this is not whole pages", at: .property(property), found: number.hex,
          expected: "a multiple of \(PVMFW.pageSize.hex)",
          log: .line(
            name == "size"
              ? "Invalid swiotlb size \(number.hex)"
              : "Swiotlb alignment \(number.hex) not aligned to \(PVMFW.pageSize.hex)"))
      }
    }
  }

  private static func checkFixed(
    _ entry: PVMFW.Entry, _ pvmfw: PVMFW, _ report: inout Reporter
  ) {
    let spot = Spot.element(entry.property, 0, cells: entry.cells)
    if entry.size == 0 || entry.size % PVMFW.pageSize != 0 {
      report(
        "the pool is not whole pages", at: spot, found: entry.size.hex,
        expected: "a multiple of \(PVMFW.pageSize.hex)",
        log: .line("Invalid swiotlb size \(entry.size.hex)"))
    } else if entry.address % PVMFW.pageSize != 0 {
      report(
        "the pool doesn't start at a page", at: spot, found: entry.address.hex,
        expected: "a multiple of \(PVMFW.pageSize.hex)",
        log: .line("Swiotlb address \(entry.address.hex) not aligned to \(PVMFW.pageSize.hex)"))
    } else if let memory = pvmfw.memory, entry.address < memory.address || entry.end > memory.end {
      report(
        "the pool doesn't lie in the memory that pvmfw knows", at: spot,
        related: [Party("is the memory", at: .property(memory.property))],
        log: .line(
          "swiotlb range \(entry.address.hex)..\(entry.end.hex) not part of memory range "
            + "\(memory.address.hex)..\(memory.end.hex)"))
    }
  }
}

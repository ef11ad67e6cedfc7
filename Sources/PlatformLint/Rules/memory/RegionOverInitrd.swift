import DeviceTree
import Diagnostics
import GuestView

/// A reserved region must not lie over the initial RAM disk.
enum RegionOverInitrd: Rule {
  static let id = "memory/region-over-initrd"
  static let severity = Severity.error
  static let summary = "a reserved region overlaps the initial RAM disk"
  static let rationale = """
    The RAM disk is reserved before the regions are, and reserving memory twice succeeds without a \
    word. A pool is zeroed when its first device attaches; and once the RAM disk is unpacked, its \
    pages go to the allocator while the region still uses them.
    """
  static let consequence = "the RAM disk is damaged before or while it is unpacked"
  static let logLine: String? = "Initramfs unpacking failed: read error"
  static let help = "load the RAM disk elsewhere, or move the region"
  static let sources = [
    Source.linux("arch/arm64/mm/init.c", "arm64_memblock_init"),
    .linux("kernel/dma/swiotlb.c", "rmem_swiotlb_device_init"),
    .observed("no message about the overlap, then no root file system"),
  ]
  static let good = [
    Example(
      """
      &chosen {
        linux,initrd-start = <0x48000000>;
        linux,initrd-end = <0x49000000>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &chosen {
        linux,initrd-start = <0x5e800000>;
        linux,initrd-end = <0x5f100000>;
      };
      &bounce {
        reg = <0x0 0x5f000000 0x0 0x800000>;  // finding
      };
      """),
    Example(
      """
      &chosen {
        bootargs = "initrd=0x5e800000,16M";
      };
      &bounce {
        reg = <0x0 0x5f000000 0x0 0x800000>;  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let disk = view.initialRAMDisk, view.reservedMemory?.rejection != .cellsDiffer else {
      return
    }
    for claim in view.addressMap.claims(.reservedRegion) where claim.range.overlaps(disk.range) {
      report(
        "the region overlaps the initial RAM disk", at: .claim(claim), found: "\(claim.range)",
        expected: "nothing in common with \(disk.range)",
        related: [Party("loads the RAM disk at \(disk.range)", at: .property(disk.start))])
    }
  }
}

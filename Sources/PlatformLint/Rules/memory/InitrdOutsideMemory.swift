import DeviceTree
import Diagnostics
import GuestView

/// The initial RAM disk must lie in memory.
enum InitrdOutsideMemory: Rule {
  static let id = "memory/initrd-outside-memory"
  static let severity = Severity.error
  static let summary = "the initial RAM disk is not wholly in memory"
  static let rationale = "The kernel reads the RAM disk through its linear map of memory."
  static let consequence =
    "the kernel drops the RAM disk and looks for a root file system elsewhere"
  static let logLine: String? = """
    initrd not fully accessible via the linear mapping -- please check your bootloader ...
    """
  static let help =
    "load the RAM disk into a range of /memory and state the end behind its last byte"
  static let sources = [Source.linux("arch/arm64/mm/init.c", "arm64_memblock_init")]
  static let good = [
    Example(
      """
      &chosen {
        linux,initrd-start = <0x0 0x48000000>;
        linux,initrd-end = <0x0 0x49000000>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &chosen {
        linux,initrd-start = <0x8000000>;  // finding
        linux,initrd-end = <0x8100000>;
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let disk = view.initialRAMDisk, !view.memorySet.isEmpty,
      !view.memorySet.contains(disk.range)
    else { return }
    report(
      "the initial RAM disk is not wholly in memory", at: .property(disk.start),
      found: "\(disk.range)", expected: "a range of /memory",
      related: view.memory.prefix(4).map {
        Party("memory at \($0.range)", at: .property($0.property))
      })
  }
}

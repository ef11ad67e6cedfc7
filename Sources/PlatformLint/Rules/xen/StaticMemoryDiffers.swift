import DeviceTree
import Diagnostics
import GuestView

/// What is assigned to a guest has to be all of its memory.
enum StaticMemoryDiffers: TargetRule {
  static let id = "xen/static-memory-differs"
  static let profile: TargetName? = .xenDom0less
  static let severity = Severity.error
  static let summary = "the memory assigned to a guest of Xen is not its memory, or not whole pages"
  static let rationale = """
    Xen takes either assigned memory or its own for a guest, not both: the sum of xen,static-mem has to be what memory \
    says, in KiB. Its cells are counted as the node above the guest's says, or the next above that, and not as the guest's own.
    """
  static let consequence = "the hypervisor panics, and neither this guest nor any other starts"
  static let logLine: String? =
    "Size of \"memory\" property doesn't match up with the sum-up of \"xen,static-mem\"."
  static let help = "make both the same, and count the cells as the node above says"
  static let sources = [
    Source.xen(
      "arch/arm/static-memory.c", "allocate_static_memory", "assign_static_memory_11",
      "acquire_static_memory_bank")
  ]
  static let good = [example("<0x0 0x70000000 0x0 0x8000000>")]
  static let bad = [
    example("<0x0 0x70000000 0x0 0x4000000>", mark: "  // finding"),
    example("<0x70000000 0x8000000>", mark: "  // finding"),
    example("<0x0 0x70000800 0x0 0x8000000>", mark: "  // finding"),
  ]

  private static func example(_ memory: String, mark: String = "") -> Example {
    Example(
      Dom0lessExamples.domain(
        """
        cpus = <1>;
            memory = <0x0 0x20000>;
            xen,static-mem = \(memory);\(mark)
        """))
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for domain in Dom0less.domains(in: view) {
      guard let property = domain.property("xen,static-mem"),
        let memory = Dom0less.memory(of: domain)
      else { continue }
      let cells = Dom0less.cells(above: domain)
      let stride = cells.address + cells.size
      guard (1...2).contains(cells.address), (1...2).contains(cells.size),
        property.count % (4 * stride) == 0
      else {
        report(
          "this is not whole entries as the node above counts them", at: .property(property),
          found: "\(property.cellCount) cells", expected: "a multiple of \(stride) cells",
          log: .nothing)
        continue
      }
      var sum: UInt64 = 0
      var isAligned = true
      for bank in 0..<(property.cellCount / stride) {
        let first = bank * stride
        let address = property.number(at: first, cells: cells.address) ?? 0
        let size = property.number(at: first + cells.address, cells: cells.size) ?? 0
        sum = sum.addingReportingOverflow(size).partialValue
        if address % XenShare.pageSize == 0, size % XenShare.pageSize == 0 { continue }
        isAligned = false
        report(
          "this is not whole pages",
          at: .element(property, bank, cells: first..<(first + stride)),
          found: "\(address.hex), \(size.hex) bytes",
          expected: "multiples of \(XenShare.pageSize.hex)", log: .nothing)
      }
      let wanted = memory.multipliedReportingOverflow(by: 1024)
      if isAligned, wanted.overflow || wanted.partialValue != sum {
        report(
          "the sum is not the guest's memory", at: .property(property),
          found: ByteText.hexAndSize(sum), expected: ByteText.hexAndSize(wanted.partialValue))
      }
    }
  }
}

import DeviceTree
import Diagnostics
import GuestView

/// The guest must have the memory that was described.
enum MemoryDiffers: Rule {
  static let id = "drift/memory-differs"
  static let severity = Severity.error
  static let summary = "the VMM passes other memory than was described"
  static let rationale = """
    Where pools lie, what a device reaches and how much a guest can keep in flight was judged by the memory that was \
    described. A VMM writes /memory by its own options, and a size that was forgotten there is a machine that \
    nobody judged.
    """
  static let consequence = "memory that was counted on is not there"
  static let help = "give the VMM the size that was described, or describe the size that it has"
  static let exceptions = """
    How the memory is split into nodes and entries. More memory than was described is a warning: nothing that was \
    described is lost.
    """
  static let sources = [Source.linux("drivers/of/fdt.c", "early_init_dt_scan_memory")]
  static let needs: Inputs = [.tree, .expected]

  static let good = [
    Example(
      expecting: "",
      """
      &memory {
        reg = <0x0 0x40000000 0x0 0x10000000>, <0x0 0x50000000 0x0 0x30000000>;
      };
      """)
  ]
  static let bad = [
    Example(
      expecting: "",
      """
      &memory {
        reg = <0x0 0x40000000 0x0 0x30000000>;  // finding
      };
      """),
    Example(
      expecting: "",
      """
      &memory {
        reg = <0x0 0x40000000 0x0 0x80000000>;  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let expected = view.expected else { return }
    let (wanted, found) = (expected.memorySet, view.memorySet)
    guard wanted.ranges != found.ranges else { return }
    let isMore = wanted.ranges.allSatisfy(found.contains)
    report(
      isMore ? "there is more memory than was described" : "memory that was described is missing",
      at: view.memory.first.map { .property($0.property) } ?? .node(view.tree.root),
      found: words(found), expected: words(wanted), severity: isMore ? .warning : nil)
  }

  private static func words(_ set: RangeSet) -> String {
    set.isEmpty ? "no memory" : set.ranges.map { "\($0)" }.joined(separator: ", ")
  }
}

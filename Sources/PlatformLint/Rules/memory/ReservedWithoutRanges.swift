import DeviceTree
import Diagnostics
import GuestView

/// `/reserved-memory` must have `ranges`.
enum ReservedWithoutRanges: Rule {
  static let id = "memory/reserved-without-ranges"
  static let severity = Severity.error
  static let summary = "reserved-memory has no ranges"
  static let rationale = """
    The kernel refuses a reserved-memory node without ranges. Whether the property holds anything \
    does not matter to it; that it is there does.
    """
  static let consequence = """
    the whole node is dropped: nothing is reserved, no pool exists, and devices that refer to one \
    use all of memory
    """
  static let logLine: String? =
    "OF: reserved mem: Reserved memory: unsupported node format, ignoring"
  static let help = "add an empty ranges property to reserved-memory"
  static let sources = [
    Source.linux("drivers/of/of_reserved_mem.c", "__reserved_mem_check_root"),
    .binding("reserved-memory/reserved-memory.yaml"),
  ]
  static let silencedBy: [any Rule.Type] = [ReservedCellsDiffer.self]
  static let good = [
    Example(
      """
      &reserved {
        ranges;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &reserved {  // finding
        /delete-property/ ranges;
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let reserved = view.reservedMemory, reserved.rejection == .withoutRanges else { return }
    report("ranges is missing", at: .node(reserved.node), expected: "an empty ranges property")
  }
}

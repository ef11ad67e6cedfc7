import ACPI
import Diagnostics
import GuestView

/// Methods take the arguments that they are called with.
enum ArgumentCount: TableRule {
  static let id = "acpi/argument-count"
  static let severity = Severity.error
  static let summary = "a method takes another number of arguments than whoever calls it gives"
  static let rationale = """
    How many arguments follow a call is nowhere in its bytes: the method says it, or an External in another \
    table. Where they differ, all that follows the call is read as something else. ACPI's own methods are called \
    by the system, with the number that the specification has.
    """
  static let consequence = "the table that calls it is misread from there on"
  static let logExample: String? =
    "ACPI BIOS Error (bug): \\_SB.VIO0._STA: Excess arguments - ASL declared 2, ACPI requires 0"
  static let help = "give the method the number of arguments that its callers have"
  static let sources = [
    Source.acpi("5.7"), .linux("drivers/acpi/acpica/nsarguments.c", "acpi_ns_check_argument_count"),
  ]
  static let exceptions = "That ACPI calls a method with another number is a warning."
  static let alsoKnownAs = ["iasl: 3101"]
  private static func status(_ count: UInt8) -> Term {
    .method(Method("_STA", argumentCount: count, body: [.return(.integer(15))]))
  }
  static let goodTables = [TableExample([TableExamples.virtio(more: [status(0)])])]
  static let badTables = [
    TableExample(at: ["\\_SB.VIO0: _STA"], [TableExamples.virtio(more: [status(2)])])
  ]

  /// The arguments of the objects that ACPI calls.
  ///
  /// **Source:** ACPI 6.5, section 5.7, table 5.186.
  private static let predefined: [NameSegment: Int] = [
    "_ADR": 0, "_BBN": 0, "_CBA": 0, "_CCA": 0, "_CID": 0, "_CLS": 0, "_CRS": 0, "_DIS": 0,
    "_DMA": 0,
    "_DSD": 0, "_HID": 0, "_INI": 0, "_PRS": 0, "_PRT": 0, "_PXM": 0, "_REG": 2, "_SEG": 0,
    "_SRS": 1,
    "_STA": 0, "_STR": 0, "_SUB": 0, "_UID": 0, "_OSC": 4, "_DSM": 4, "_PTS": 1, "_WAK": 1,
    "_OST": 3,
    "_EVT": 1,
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    for object in view.namespace.objects {
      guard object.type == .method, object.isDeclared, let wanted = predefined[object.name],
        object.argumentCount != wanted, let parent = object.parent,
        let table = object.table, let range = object.byteRange
      else { continue }
      report(
        "ACPI calls the method with another number of arguments",
        at: TablePlace(
          table: table, node: parent.path, property: object.name.text, byteRange: range),
        found: "\(object.argumentCount)", expected: "\(wanted)", severity: .warning,
        log: .line(
          "ACPI BIOS Error (bug): \(object.path): \(object.argumentCount > wanted ? "Excess" : "Insufficient") arguments - "
            + "ASL declared \(object.argumentCount), ACPI requires \(wanted)"),
        consequence:
          "Linux complains, and calls it all the same; where it looks at an argument that it wasn't given, it fails"
      )
    }
    for fault in report.shared.faults {
      guard case .argumentCount(let announced, let declared) = fault.kind else { continue }
      report(
        "an External gives a method another number of arguments than it has",
        at: TablePlace(fault), found: "\(announced)", expected: "\(declared)")
    }
  }
}

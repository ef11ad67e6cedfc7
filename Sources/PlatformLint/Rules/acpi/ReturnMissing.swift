import ACPI
import Diagnostics
import GuestView

/// A method whose value ACPI asks for has one.
enum ReturnMissing: TableRule {
  static let id = "acpi/return-missing"
  static let severity = Severity.error
  static let summary = "a method that ACPI asks for a value returns none"
  static let rationale = """
    Objects like _STA, _CRS and _HID may be methods, and then their value is what they return. One without a Return \
    gives nothing: the interpreter doesn't take the last value that was computed for it, as others do.
    """
  static let consequence = """
    the object counts as one that failed: without _STA's value the device is left out, without _CRS's it has no \
    resources, without _HID's no driver
    """
  static let logLine: String? = "ACPI Warning: <node>: Missing expected return value"
  static let help = "end the method with Return and the value"
  static let exceptions = """
    A method that returns on some of its ways alone isn't told of, and neither is one that couldn't be read whole.
    """
  static let sources = [
    Source.linux("drivers/acpi/acpica/nspredef.c", "acpi_ns_check_return_value"), .acpi("5.7"),
  ]
  static let alsoKnownAs = ["iasl: 3107"]
  private static func status(_ body: [Term]) -> Term {
    TableExamples.virtio(more: [.method(Method("_STA", argumentCount: 0, body: body))])
  }
  static let goodTables = [TableExample([status([.return(.integer(15))])])]
  static let badTables = [
    TableExample(
      at: ["\\_SB.VIO0: _STA"], [status([.store(.integer(15), into: .local(0))])])
  ]

  /// The objects that ACPI evaluates for their value; of the others it takes none.
  ///
  /// **Source:** ACPI 6.5, section 5.7, table 5.186.
  private static let valued: Set<NameSegment> = [
    "_ADR", "_BBN", "_CBA", "_CCA", "_CID", "_CLS", "_CRS", "_DMA", "_DSD", "_DSM", "_HID",
    "_OSC", "_PRS", "_PRT", "_PXM", "_SEG", "_STA", "_STR", "_SUB", "_UID",
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    for object in view.namespace.objects {
      guard object.type == .method, object.isDeclared, valued.contains(object.name),
        !object.returnsSomewhere, let parent = object.parent, let table = object.table,
        let range = object.byteRange
      else { continue }
      report(
        "ACPI asks \(object.name.text) for a value, and it returns none",
        at: TablePlace(
          table: table, node: parent.path, property: object.name.text, byteRange: range),
        expected: "a Return",
        log: .line("ACPI Warning: \(object.path): Missing expected return value"))
    }
  }
}

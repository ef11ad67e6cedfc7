import ACPI
import Diagnostics
import GuestView

/// What tells of a device stands in it.
enum ObjectOutsideDevice: TableRule {
  static let id = "acpi/object-outside-device"
  static let severity = Severity.error
  static let summary = "_HID, _CRS or the like stands in no device"
  static let rationale = """
    A Device says in its PkgLength where it ends. Where that is too short, what follows belongs to the scope \
    around it, by the rules of AML: the table is valid, no tool complains, and the device lacks what was written \
    for it.
    """
  static let consequence = "the device has no such object, and its driver fails or isn't looked for"
  static let logExample: String? = "virtio-mmio LNRO0005:00: error -EINVAL: invalid resource (null)"
  static let help = "correct the PkgLength of the device in front"
  static let sources = [Source.acpi("20.2.4"), .acpi("6.1")]
  static let goodTables = [TableExample([TableExamples.virtio()])]
  static let badTables = [
    TableExample(
      at: ["\\_SB: _CCA", "\\_SB: _UID"],
      [
        .device("CPUS", [.name("_HID", .string("ACPI0010"))]), .name("_UID", .integer(0)),
        .name("_CCA", .integer(1)),
      ])
  ]

  private static let names: [NameSegment] = [
    "_HID", "_CID", "_UID", "_ADR", "_CRS", "_PRS", "_CCA", "_DSD", "_PRT",
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    for path in ["\\", "\\_SB"] {
      guard let scope = view.namespace.object(at: path) else { continue }
      for name in names {
        guard let object = scope.child(name), object.isDeclared, let table = object.table,
          let range = object.byteRange
        else { continue }
        // One _CCA for all devices is what it may be for.
        if name == "_CCA", path == "\\_SB", !isLeaked(scope) { continue }
        report(
          "\(name.text) stands in \(path), which is no device",
          at: TablePlace(table: table, node: path, property: name.text, byteRange: range))
      }
    }
  }

  /// Whether other objects of a device stand there as well.
  private static func isLeaked(_ scope: Namespace.Object) -> Bool {
    names.contains { $0 != "_CCA" && scope.child($0)?.isDeclared ?? false }
  }
}

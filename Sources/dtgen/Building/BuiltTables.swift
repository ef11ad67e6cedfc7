import ACPI
import Diagnostics
import PlatformLowering

/// The tables of a virtual machine, as they are written.
struct BuiltTables {
  /// A table and its bytes.
  struct Table {
    var table: LoweredTable
    var bytes: [UInt8]

    /// The ending of its files: `ssdt`.
    var stem: String { table.signature.lowercased() }
  }

  /// What the description became.
  var lowered: LoweredTables
  /// The tables, the SSDT first.
  var tables: [Table]

  /// Writes the tables of a machine.
  ///
  /// - Throws: ``Failure`` where one can't be written: a fault of dtgen, since the lowering refuses it.
  init(_ lowered: LoweredTables) throws(Failure) {
    self.lowered = lowered
    tables = []
    for table in lowered.tables {
      do {
        tables.append(Table(table: table, bytes: try table.bytes()))
      } catch {
        throw Failure(
          .internalError, "\(lowered.name): the \(table.signature) can't be written: \(error)")
      }
    }
  }

  /// An archive from which Linux takes tables, where it comes first in an initrd and isn't compressed.
  var archive: [UInt8] {
    let taken = tables.filter(\.isTakenFromInitrd)
    return InitrdArchive(tables: taken.map { (name: $0.stem, bytes: $0.bytes) }).bytes
  }

  /// What there is to say of the archive.
  var archiveFindings: [Finding] {
    tables.filter { !$0.isTakenFromInitrd }.map { table in
      Finding(
        rule: "description/table-not-from-initrd", severity: .warning,
        message: "Linux takes no \(table.table.signature) from an initrd, and the archive has none",
        place: Place(file: lowered.name + "-acpi.cpio"),
        help: "give the VMM the table itself: --emit aml")
    }
  }
}

extension BuiltTables.Table {
  /// **Source:** Linux `drivers/acpi/tables.c`, `table_sigs`.
  fileprivate var isTakenFromInitrd: Bool { table.signature != "VIOT" }
}

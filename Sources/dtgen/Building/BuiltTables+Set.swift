import ACPI
import Diagnostics
import PlatformLowering

extension BuiltTables {
  /// The tables as files; with an address, those of a complete set point at each other, and an XSDT is
  /// among them.
  ///
  /// - Throws: ``Failure`` where the address is none for them.
  func files(at address: UInt64?) throws(Failure) -> [Table] {
    guard lowered.isComplete, let address else { return tables }
    let layout = try layout(at: address)
    var files: [Table] = []
    for (index, placed) in layout.tables.enumerated() {
      // The XSDT is made when the others have places.
      guard index >= tables.count else {
        files.append(Table(table: tables[index].table, bytes: placed.bytes))
        continue
      }
      do {
        files.append(Table(table: try LoweredTable(bytes: placed.bytes), bytes: placed.bytes))
      } catch {
        throw Failure(.internalError, "\(lowered.name): \(error)")
      }
    }
    return files
  }

  /// All tables in one file: one behind the other, as Xen's `acpi_firmware` takes them, or as a complete
  /// set behind an RSDP.
  ///
  /// - Throws: ``Failure`` where a complete set has no address.
  func joined(at address: UInt64?) throws(Failure) -> [UInt8] {
    guard lowered.isComplete else { return tables.flatMap(\.bytes) }
    guard let address else {
      throw Failure(
        .usage,
        "the tables of '\(lowered.name)' point at each other: say with --tables-at where the VMM puts the "
          + "file, or write --emit aml or fw-cfg")
    }
    return try layout(at: address).bytes
  }

  /// What QEMU's firmware takes.
  ///
  /// - Throws: ``Failure`` where these aren't all tables of their guest.
  func firmwareFiles() throws(Failure) -> FirmwareTables.FirmwareFiles {
    guard lowered.isComplete else {
      throw Failure(
        .usage,
        "--emit fw-cfg takes the place of QEMU's own tables, and those of '\(lowered.name)' stand beside "
          + "them: say 'firmware: .hardwareReducedACPI', or write --emit aml for -acpitable")
    }
    do { return try FirmwareTables(tables.map(\.bytes)).firmwareFiles() } catch {
      throw Failure(.internalError, "\(lowered.name): \(error)")
    }
  }

  private func layout(at address: UInt64) throws(Failure) -> FirmwareTables.Layout {
    do { return try FirmwareTables(tables.map(\.bytes)).laidOut(at: address) } catch {
      throw Failure(.usage, "\(lowered.name): \(error)")
    }
  }
}

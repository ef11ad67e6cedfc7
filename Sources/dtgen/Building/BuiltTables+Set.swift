import ACPI
import Diagnostics
import PlatformDescription
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
    let layout: FirmwareTables.Layout
    do { layout = try FirmwareTables(tables.map(\.bytes)).laidOut(at: address) } catch {
      throw Failure(.usage, "--tables-at: \(lowered.name): \(error)")
    }
    let last = address + UInt64(max(layout.bytes.count, 1) - 1)
    guard !lowered.memory.isEmpty, !lowered.memory.contains(where: { $0.holds(address...last) })
    else { return layout }
    let memory = lowered.memory.map { "\(hex($0.at.value)) to \(hex($0.last))" }
    throw Failure(
      .usage,
      "--tables-at: the tables of '\(lowered.name)' would be at \(hex(address)) to \(hex(last)), outside of "
        + "its memory at \(memory.joined(separator: ", "))")
  }

  private func hex(_ value: UInt64) -> String { "0x" + String(value, radix: 16) }
}

extension AddressRange {
  /// The last address; the last that there is where it would be behind that.
  fileprivate var last: UInt64 {
    let (last, overflow) = at.value.addingReportingOverflow(max(size.bytes, 1) - 1)
    return overflow ? .max : last
  }

  fileprivate func holds(_ range: ClosedRange<UInt64>) -> Bool {
    size.bytes > 0 && at.value <= range.lowerBound && range.upperBound <= last
  }
}

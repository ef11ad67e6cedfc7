extension FirmwareTables {
  /// The three files of QEMU's firmware configuration that have a guest's firmware put tables into memory.
  public struct FirmwareFiles: Sendable {
    /// `etc/acpi/tables`: the tables, whose pointers are offsets from its start.
    public var tables: [UInt8]
    /// `etc/acpi/rsdp`: the RSDP, of which the same holds.
    public var rsdp: [UInt8]
    /// `etc/table-loader`: what the firmware does with them.
    public var loader: [UInt8]
  }

  /// The name of the file with the tables.
  private static let tablesName = "etc/acpi/tables"
  private static let rsdpName = "etc/acpi/rsdp"

  /// The tables as QEMU gives its own: firmware finds memory for them, makes addresses of the offsets, and
  /// sums up again.
  ///
  /// **Source:** QEMU `hw/acpi/bios-linker-loader.c`; EDK2 `OvmfPkg/AcpiPlatformDxe/QemuLoader.h`.
  ///
  /// - Throws: ``ACPIError/Code/notWritable``, as ``laidOut(at:)``.
  public func firmwareFiles() throws(ACPIError) -> FirmwareFiles {
    let layout = try laidOut(at: 0)
    // The RSDP has a file of its own, and what is behind it moves up.
    let shift = layout.tables.first?.offset ?? 0
    var bytes = [UInt8](layout.bytes.dropFirst(shift))
    var loader = Loader()
    loader.allocate(Self.rsdpName, alignment: 16, isLow: true)
    loader.allocate(Self.tablesName, alignment: 64, isLow: false)
    for table in layout.tables {
      let start = table.offset - shift
      let fields: [Int]
      switch Self.signature(of: table.bytes) {
      case "FACP": fields = [Self.pointerOfFADT]
      case "XSDT": fields = Array(stride(from: TableHeader.size, to: table.bytes.count, by: 8))
      default: continue
      }
      for field in fields {
        let place = start + field
        let offset = bytes.littleEndian64(at: place) &- UInt64(shift)
        bytes.replaceSubrange(place..<(place + 8), with: littleEndian(offset))
        loader.addPointer(in: Self.tablesName, at: place, to: Self.tablesName)
      }
      bytes[start + 9] = 0
      loader.addChecksum(
        in: Self.tablesName, at: start + 9, from: start, count: table.bytes.count)
    }
    var rsdp = layout.rsdp
    let root = rsdp.littleEndian64(at: 24) &- UInt64(shift)
    rsdp.replaceSubrange(24..<32, with: littleEndian(root))
    (rsdp[8], rsdp[32]) = (0, 0)
    loader.addPointer(in: Self.rsdpName, at: 24, to: Self.tablesName)
    loader.addChecksum(in: Self.rsdpName, at: 8, from: 0, count: 20)
    loader.addChecksum(in: Self.rsdpName, at: 32, from: 0, count: 36)
    return FirmwareFiles(tables: bytes, rsdp: rsdp, loader: loader.bytes)
  }
}

/// The commands of a table loader, 128 bytes each.
private struct Loader {
  private(set) var bytes: [UInt8] = []

  /// Memory for a file; `isLow` for where a PC looks for the RSDP.
  mutating func allocate(_ file: String, alignment: UInt32, isLow: Bool) {
    add(1, [name(file), littleEndian(alignment), [isLow ? 2 : 1]])
  }

  /// The address of `other` is added to the eight bytes at `offset`.
  mutating func addPointer(in file: String, at offset: Int, to other: String) {
    add(2, [name(file), name(other), littleEndian(UInt32(clamping: offset)), [8]])
  }

  /// The byte at `offset` makes the sum of `count` bytes 0.
  mutating func addChecksum(in file: String, at offset: Int, from start: Int, count: Int) {
    add(
      3,
      [name(file)] + [offset, start, count].map { littleEndian(UInt32(clamping: $0)) })
  }

  private mutating func add(_ command: UInt32, _ parts: [[UInt8]]) {
    let entry = littleEndian(command) + parts.flatMap(\.self)
    bytes += entry + [UInt8](repeating: 0, count: 128 - entry.count)
  }

  private func name(_ text: String) -> [UInt8] {
    Array(text.utf8) + [UInt8](repeating: 0, count: 56 - text.utf8.count)
  }
}

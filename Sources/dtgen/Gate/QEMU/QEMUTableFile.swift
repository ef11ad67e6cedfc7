/// The tables of ACPI among what QEMU has for its firmware.
///
/// **Source:** QEMU 7.2 `hw/acpi/bios-linker-loader.c`: tables are in one file, and a script says what
/// firmware does with them.
enum QEMUTableFile {
  /// The tables, each with its checksum, the RSDP not among them; none where the machine has none.
  ///
  /// - Throws: ``GateStop``.
  static func read(_ interface: FirmwareInterface) throws(GateStop) -> [[UInt8]] {
    let files = try interface.files()
    guard let file = files["etc/acpi/tables"], let loader = files["etc/table-loader"] else {
      return []
    }
    let script = try interface.read(loader)
    var tables = try interface.read(file, first: end(by: script) ?? .max)
    sum(&tables, by: script)
    return split(tables)
  }

  /// Where the last table that gets a checksum ends: QEMU leaves room for many more; nil where none gets one.
  static func end(by script: [UInt8]) -> Int? { sums(of: script).map(\.range.upperBound).max() }

  /// Writes checksums as firmware would; pointers stay offsets.
  static func sum(_ tables: inout [UInt8], by script: [UInt8]) {
    for (place, range) in sums(of: script)
    where range.upperBound <= tables.count && place < tables.count {
      tables[place] = tables[place] &- tables[range].reduce(0, &+)
    }
  }

  /// The checksums of tables that a script adds: where each is put, and what it is of.
  private static func sums(of script: [UInt8]) -> [(place: Int, range: Range<Int>)] {
    func number(_ start: Int) -> Int {
      (0..<4).reduce(0) { $0 | Int(script[start + $1]) << (8 * $1) }
    }
    // Commands are 128 bytes; 3 adds a checksum: a file, its place, and where what is summed starts and ends.
    return stride(from: 0, to: script.count - 127, by: 128).compactMap { start in
      let file = script[(start + 4)..<(start + 60)].prefix { $0 != 0 }
      guard number(start) == 3, file.elementsEqual("etc/acpi/tables".utf8) else { return nil }
      let first = number(start + 64)
      return (number(start + 60), first..<(first + number(start + 68)))
    }
  }

  /// The tables in a file that has room between them.
  static func split(_ file: [UInt8]) -> [[UInt8]] {
    var tables: [[UInt8]] = []
    var position = 0
    while position + 8 <= file.count {
      let length = (0..<4).reduce(0) { $0 | Int(file[position + 4 + $1]) << (8 * $1) }
      guard file[position] != 0, length >= 36, position + length <= file.count else {
        position += 1
        continue
      }
      tables.append(Array(file[position..<(position + length)]))
      position += length
    }
    return tables
  }

  /// What the tables of a machine are called in files: each by its signature, and further ones of it with a
  /// number: `ssdt`, `ssdt1`.
  static func stems(of tables: [[UInt8]]) -> [String] {
    var counts: [String: Int] = [:]
    return tables.map { table in
      // A signature names a file: nothing but letters and digits is let in.
      let signature = String(
        decoding: table.prefix(4).map { byte in
          switch byte {
          case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            byte
          default: UInt8(ascii: "_")
          }
        }, as: UTF8.self
      ).lowercased()
      let count = counts[signature, default: 0]
      counts[signature] = count + 1
      return signature + (count == 0 ? "" : String(count))
    }
  }
}

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
    var tables = try interface.read(file)
    sum(&tables, by: try interface.read(loader))
    return split(tables)
  }

  /// Writes checksums as firmware would; pointers stay offsets.
  static func sum(_ tables: inout [UInt8], by script: [UInt8]) {
    func number(_ start: Int) -> Int {
      (0..<4).reduce(0) { $0 | Int(script[start + $1]) << (8 * $1) }
    }
    // Commands are 128 bytes; 3 adds a checksum: a file, its place, and where what is summed starts and ends.
    for start in stride(from: 0, to: script.count - 127, by: 128) where number(start) == 3 {
      let file = script[(start + 4)..<(start + 60)].prefix { $0 != 0 }
      let (place, first, count) = (number(start + 60), number(start + 64), number(start + 68))
      guard file.elementsEqual("etc/acpi/tables".utf8), first + count <= tables.count,
        place < tables.count
      else { continue }
      tables[place] = tables[place] &- tables[first..<(first + count)].reduce(0, &+)
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

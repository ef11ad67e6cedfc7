/// The tables of a file: one, or several one behind the other.
public struct TableFile: Sendable {
  /// The tables in the order of the file.
  public let tables: [TableImage]
  /// What is wrong with headers, lengths and checksums; the tables were read in spite of it.
  public let problems: [ACPIError]
  /// Whether tables have no checksum yet: a table loader fills them in, and the pointers between the tables.
  ///
  /// That is so where none has, and where those with pointers in them have none.
  ///
  /// **Source:** QEMU 10.0 `hw/acpi/bios-linker-loader.c`: what `etc/acpi/tables` and `etc/acpi/rsdp` hold.
  public let awaitsLoader: Bool

  /// Finds the tables in `file`.
  ///
  /// - Throws: ``ACPIError`` where the file doesn't start with a table, or is too large.
  public init(_ file: [UInt8], limits: ACPILimits = ACPILimits()) throws(ACPIError) {
    guard file.count <= limits.maximumSize else {
      throw ACPIError(
        .limitExceeded,
        "the file has \(file.count) bytes; at most \(limits.maximumSize) are read", byteOffset: 0)
    }
    var tables: [TableImage] = []
    var problems: [ACPIError] = []
    var position = 0
    while position < file.count {
      // QEMU aligns tables within one blob; what is between them is 0.
      if !tables.isEmpty, file[position] == 0 {
        position += 1
        continue
      }
      do {
        let table = try Self.table(in: file, at: position, problems: &problems)
        tables.append(table)
        position = table.byteRange.upperBound
      } catch {
        if tables.isEmpty { throw error }
        problems.append(error)
        break
      }
    }
    guard !tables.isEmpty else {
      throw ACPIError(.truncated, "the file is empty", byteOffset: 0)
    }
    self.tables = tables
    awaitsLoader = Self.awaitLoader(tables, in: file)
    self.problems = awaitsLoader ? problems.filter { $0.code != .badChecksum } : problems
  }

  /// Whether the checksums of all tables are 0.
  ///
  /// One table alone is no loader's file but for the RSDP: somebody may have cleared its checksum, and nobody
  /// would fill it in.
  private static func awaitLoader(_ tables: [TableImage], in file: [UInt8]) -> Bool {
    let isRootPointer = tables.contains { $0.header.signature == "RSD PTR " }
    let summed = tables.filter { $0.header.signature != "FACS" }
    guard summed.count > 1 || isRootPointer else { return false }
    let pointing = summed.filter {
      ["RSD PTR ", "RSDT", "XSDT", "FACP"].contains($0.header.signature)
    }
    let wrong = summed.filter { table in
      table.header.signature != "RSD PTR " && file[table.byteRange].reduce(0 as UInt8, &+) != 0
    }
    let isForPointers =
      !wrong.isEmpty && pointing.count > 1
      && wrong.allSatisfy { table in pointing.contains { $0.byteRange == table.byteRange } }
    return (isForPointers ? pointing : summed).allSatisfy { table in
      let start = table.byteRange.lowerBound
      let positions = table.header.signature == "RSD PTR " ? [8, 32] : [9]
      return positions.allSatisfy {
        start + $0 >= table.byteRange.upperBound || file[start + $0] == 0
      }
    }
  }

  private static func table(
    in file: [UInt8], at start: Int, problems: inout [ACPIError]
  ) throws(ACPIError) -> TableImage {
    let rest = file.count - start
    if rest >= 20, file[start..<(start + 8)].elementsEqual("RSD PTR ".utf8) {
      return rootPointer(in: file, at: start, problems: &problems)
    }
    guard rest >= 8 else {
      throw ACPIError(
        .truncated, "\(rest) bytes are too few for a table of ACPI", byteOffset: start)
    }
    let signature = file[start..<(start + 4)]
    guard signature.allSatisfy(isSignatureByte) else {
      let isTree = file.count >= 4 && signature.elementsEqual([0xd0, 0x0d, 0xfe, 0xed])
      throw ACPIError(
        .badSignature,
        isTree
          ? "not a table of ACPI: it starts as a flattened device tree does"
          : "not a table of ACPI: no signature of four letters and digits", byteOffset: start)
    }
    let name = String(decoding: signature, as: UTF8.self)
    let length = Int(file.littleEndian32(at: start + 4))
    let smallest = name == "FACS" ? 64 : TableHeader.size
    guard rest >= smallest else {
      throw ACPIError(
        .truncated, "the header of \(name) is cut short: \(rest) of \(smallest) bytes",
        byteOffset: start)
    }
    guard length >= smallest else {
      throw ACPIError(
        .badLength, "\(name) claims \(length) bytes, less than its header's \(smallest)",
        byteOffset: start + 4)
    }
    if length > rest {
      problems.append(
        ACPIError(
          .badLength, "\(name) claims \(length) bytes, and the file has \(rest) from here on",
          byteOffset: start + 4))
    }
    let range = start..<(start + min(length, rest))
    var header = TableHeader(name, revision: 0, oemTableID: "")
    if name != "FACS" {
      header.revision = file[start + 8]
      header.oemID = file.text(at: (start + 10)..<(start + 16))
      header.oemTableID = file.text(at: (start + 16)..<(start + 24))
      header.oemRevision = file.littleEndian32(at: start + 24)
      header.creatorID = file.text(at: (start + 28)..<(start + 32))
      header.creatorRevision = file.littleEndian32(at: start + 32)
      let sum = file[range].reduce(0 as UInt8, &+)
      if length <= rest, sum != 0 {
        let found = file[start + 9]
        problems.append(
          ACPIError(
            .badChecksum,
            "the checksum of \(name) is \(hex(found)), and its bytes want \(hex(found &- sum))",
            byteOffset: start + 9))
      }
    }
    return TableImage(file: file, byteRange: range, header: header, claimedLength: length)
  }

  /// **Source:** ACPI 6.5, section 5.2.5.3.
  private static func rootPointer(
    in file: [UInt8], at start: Int, problems: inout [ACPIError]
  ) -> TableImage {
    let revision = file[start + 15]
    let length = revision >= 2 ? 36 : 20
    let end = min(start + length, file.count)
    var header = TableHeader("RSD PTR ", revision: revision, oemTableID: "")
    header.oemID = file.text(at: (start + 9)..<(start + 15))
    for part in [20, length] where start + part <= file.count {
      if file[start..<(start + part)].reduce(0 as UInt8, &+) != 0 {
        problems.append(
          ACPIError(
            .badChecksum, "the first \(part) bytes of the RSDP don't sum to 0",
            byteOffset: start + (part == 20 ? 8 : 32)))
        break
      }
    }
    if start + length > file.count {
      problems.append(
        ACPIError(
          .badLength, "the RSDP has \(length) bytes, and the file \(end - start) from here on",
          byteOffset: start + 15))
    }
    return TableImage(
      file: file, byteRange: start..<end, header: header, claimedLength: length)
  }

  private static func isSignatureByte(_ byte: UInt8) -> Bool {
    (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte)
      || byte == 0x5f || byte == 0x21
  }
}

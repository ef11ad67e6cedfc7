/// The libraries that an object asks to be linked with, because its sources import their modules.
///
/// The driver runs `swift-autolink-extract` for this, which takes as long to start as the compiler.
/// **Source:** swift, lib/IRGen/IRGenModule.cpp, `emitAutolinkInfo`; ELF-64 Object File Format,
/// version 1.5, sections 2 and 5.
enum AutolinkEntries {
  private static let section = ".swift1_autolink_entries"

  /// The entries, as in `-lswiftGlibc`, without repetitions; none where `object` is not such a file.
  static func entries(in object: [UInt8]) -> [String] {
    var entries: [String] = []
    guard let bytes = contents(ofSection: section, in: object) else { return [] }
    for entry in bytes.split(separator: 0) {
      let text = String(decoding: entry, as: UTF8.self)
      if text.hasPrefix("-l"), !entries.contains(text) { entries.append(text) }
    }
    return entries
  }

  private static func contents(ofSection name: String, in object: [UInt8]) -> ArraySlice<UInt8>? {
    // e_ident: the magic number, 64 bits, little-endian.
    guard object.starts(with: [0x7f, 0x45, 0x4c, 0x46, 2, 1]),
      let table = integer(object, at: 0x28, size: 8),  // e_shoff
      let entrySize = integer(object, at: 0x3a, size: 2), entrySize >= 64,  // e_shentsize
      let count = integer(object, at: 0x3c, size: 2),  // e_shnum
      let namesIndex = integer(object, at: 0x3e, size: 2),  // e_shstrndx
      let names = range(ofSection: namesIndex, table: table, entrySize: entrySize, in: object)
    else { return nil }
    for index in 0..<count {
      guard let header = offset(table, index, entrySize),
        let nameOffset = integer(object, at: header, size: 4), nameOffset <= names.count,
        object[names].dropFirst(nameOffset).starts(with: Array(name.utf8) + [0])
      else { continue }
      return range(ofSection: index, table: table, entrySize: entrySize, in: object).map {
        object[$0]
      }
    }
    return nil
  }

  private static func range(
    ofSection index: Int, table: Int, entrySize: Int, in object: [UInt8]
  ) -> Range<Int>? {
    guard let header = offset(table, index, entrySize),
      let start = integer(object, at: header + 0x18, size: 8),  // sh_offset
      let size = integer(object, at: header + 0x20, size: 8),  // sh_size
      start <= object.count, size <= object.count - start
    else { return nil }
    return start..<start + size
  }

  /// Where a section's header starts; nil beyond any file.
  private static func offset(_ table: Int, _ index: Int, _ entrySize: Int) -> Int? {
    // Both factors fit 16 bits.
    let (sum, overflow) = table.addingReportingOverflow(index * entrySize)
    return overflow || sum > Int.max - 64 ? nil : sum
  }

  /// A little-endian integer; nil outside the file, and where it is more than any offset.
  private static func integer(_ object: [UInt8], at offset: Int, size: Int) -> Int? {
    guard offset >= 0, offset <= object.count - size else { return nil }
    var value: UInt64 = 0
    for index in (0..<size).reversed() { value = value << 8 | UInt64(object[offset + index]) }
    return Int(exactly: value)
  }
}

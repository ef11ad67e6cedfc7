/// The header of a flattened device tree.
///
/// **Source:** Devicetree Specification 0.4, section 5.2.
public struct Header: Sendable, Equatable {
  /// `d00dfeed`.
  public static let magic: UInt32 = 0xd00d_feed

  /// The size that the tree claims, in bytes; the file may be longer, never shorter.
  public let totalSize: Int
  /// The offset of the structure block, in bytes.
  ///
  /// The specification wants a multiple of 4. Like libfdt, the reader takes any: tokens are aligned
  /// to the start of the block.
  public let structureOffset: Int
  /// The size of the structure block, in bytes; the rest of the tree where version 16 has no field.
  public let structureSize: Int
  /// The offset of the strings block, in bytes.
  public let stringsOffset: Int
  /// The size of the strings block, in bytes.
  public let stringsSize: Int
  /// The offset of the memory reservation block, in bytes.
  public let memoryReservationsOffset: Int
  /// 16 or 17, or newer and compatible with 17.
  public let version: UInt32
  /// The oldest version that this tree is compatible with.
  public let lastCompatibleVersion: UInt32
  /// The physical id of the CPU that boots.
  public let bootCPU: UInt32

  /// One past the last byte that a property name may take, from the start of the file.
  ///
  /// libfdt, and with it Linux, holds names to the size of the strings block from version 17 on; in
  /// a tree of version 16 they may run to the end of the tree.
  ///
  /// **Source:** libfdt 1.6.1 `fdt_ro.c`, `fdt_get_string`.
  var stringsEnd: Int { version >= 17 ? stringsOffset + stringsSize : totalSize }

  /// One past the last byte of the structure and of the names, from the start of the file.
  var blocksEnd: Int { max(structureOffset + structureSize, stringsEnd) }
}

extension Header {
  /// Reads and checks the header of `bytes`, the start of a file of `fileSize` bytes.
  init(_ bytes: Span<UInt8>, fileSize: Int, limits: Limits) throws(DeviceTreeError) {
    guard bytes.count >= 4 else {
      throw DeviceTreeError(
        .truncated, "\(bytes.count) bytes are too few for a flattened device tree", byteOffset: 0)
    }
    let magic = bytes.bigEndian32(at: 0)
    guard magic == Header.magic else {
      throw DeviceTreeError(
        .badMagic, "not a flattened device tree: it starts with \(hex(magic)), not 0xd00dfeed",
        byteOffset: 0)
    }
    // 36 bytes is the header of version 16, the shortest one read here.
    guard bytes.count >= 36 else {
      throw DeviceTreeError(
        .truncated, "the header is cut short: \(bytes.count) of at least 36 bytes", byteOffset: 0)
    }
    let totalSize = Int(bytes.bigEndian32(at: 4))
    let version = bytes.bigEndian32(at: 20)
    let compatible = bytes.bigEndian32(at: 24)
    guard version >= 16, compatible <= 17, compatible <= version else {
      throw DeviceTreeError(
        .badVersion,
        "version \(version) (compatible with \(compatible)) is not read; 16 and 17 are",
        byteOffset: 20)
    }
    let headerSize = version >= 17 ? 40 : 36
    guard totalSize >= headerSize else {
      throw DeviceTreeError(
        .badOffset, "totalsize is \(totalSize) bytes, less than the header", byteOffset: 4)
    }
    guard totalSize <= limits.maximumSize else {
      throw DeviceTreeError(
        .limitExceeded, "totalsize is \(totalSize) bytes; at most \(limits.maximumSize) are read",
        byteOffset: 4)
    }
    guard totalSize <= fileSize else {
      throw DeviceTreeError(
        .truncated, "the file is cut short: \(fileSize) of \(totalSize) bytes", byteOffset: 4)
    }
    guard bytes.count >= headerSize else {
      throw DeviceTreeError(
        .truncated, "\(bytes.count) of the header's \(headerSize) bytes were read", byteOffset: 0)
    }
    let structureOffset = Int(bytes.bigEndian32(at: 8))
    let stringsOffset = Int(bytes.bigEndian32(at: 12))
    let reservationsOffset = Int(bytes.bigEndian32(at: 16))
    let stringsSize = Int(bytes.bigEndian32(at: 32))
    guard structureOffset >= headerSize, structureOffset <= totalSize else {
      throw DeviceTreeError(
        .badOffset, "off_dt_struct is \(hex(structureOffset)), outside the tree", byteOffset: 8)
    }
    guard stringsOffset >= headerSize, stringsOffset <= totalSize,
      stringsSize <= totalSize - stringsOffset
    else {
      throw DeviceTreeError(
        .badOffset,
        "off_dt_strings is \(hex(stringsOffset)) with \(stringsSize) bytes, outside the tree",
        byteOffset: 12)
    }
    guard reservationsOffset >= headerSize, reservationsOffset <= totalSize else {
      throw DeviceTreeError(
        .badOffset, "off_mem_rsvmap is \(hex(reservationsOffset)), outside the tree",
        byteOffset: 16)
    }
    let structureSize: Int
    if version >= 17 {
      structureSize = Int(bytes.bigEndian32(at: 36))
      guard structureSize <= totalSize - structureOffset else {
        throw DeviceTreeError(
          .badOffset, "size_dt_struct is \(structureSize) bytes, past the end of the tree",
          byteOffset: 36)
      }
    } else {
      // Version 16 does not say how long the block is: FDT_END ends it, or the tree does.
      structureSize = totalSize - structureOffset
    }
    self.init(
      totalSize: totalSize, structureOffset: structureOffset, structureSize: structureSize,
      stringsOffset: stringsOffset, stringsSize: stringsSize,
      memoryReservationsOffset: reservationsOffset, version: version,
      lastCompatibleVersion: compatible, bootCPU: bytes.bigEndian32(at: 28))
  }
}

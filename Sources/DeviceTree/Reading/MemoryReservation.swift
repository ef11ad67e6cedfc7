/// One entry of the memory reservation block.
///
/// **Source:** Devicetree Specification 0.4, section 5.3.
public struct MemoryReservation: Sendable, Hashable {
  /// The first guest-physical address, in bytes.
  public var address: UInt64
  /// The size, in bytes.
  public var size: UInt64
  /// Where the entry stands in the file, in bytes; 0 for an entry that was not read from one.
  public var byteOffset: Int

  /// An entry of `size` bytes at `address`.
  public init(address: UInt64, size: UInt64, byteOffset: Int = 0) {
    self.address = address
    self.size = size
    self.byteOffset = byteOffset
  }

  static func readAll(
    _ bytes: Span<UInt8>, header: Header, limits: Limits
  ) throws(DeviceTreeError) -> [MemoryReservation] {
    var entries: [MemoryReservation] = []
    var offset = header.memoryReservationsOffset
    let end = min(header.totalSize, bytes.count)
    while true {
      guard offset <= end - 16 else {
        throw DeviceTreeError(
          .truncated, "the memory reservation block has no end (an entry of size zero)",
          byteOffset: offset)
      }
      let address = bytes.bigEndian64(at: offset)
      let size = bytes.bigEndian64(at: offset + 8)
      // The specification ends the list with two zeros. Linux, libfdt and dtc end it at the first
      // size of zero, whatever the address; a guest sees no entry behind that.
      if size == 0 { return entries }
      guard entries.count < limits.maximumNodes else {
        throw DeviceTreeError(
          .limitExceeded, "more than \(limits.maximumNodes) memory reservations",
          byteOffset: offset)
      }
      entries.append(MemoryReservation(address: address, size: size, byteOffset: offset))
      offset += 16
    }
  }
}

/// The bytes of a table whose layout the specification fixes: numbers, the lowest byte first.
struct StructureBytes {
  private(set) var bytes: [UInt8] = []

  var count: Int { bytes.count }

  /// Appends numbers of one size.
  mutating func append<Number: FixedWidthInteger>(_ numbers: Number...) {
    for number in numbers {
      for index in 0..<(Number.bitWidth / 8) {
        bytes.append(UInt8(truncatingIfNeeded: number >> (8 * index)))
      }
    }
  }

  /// Appends bytes that are reserved.
  mutating func appendZeros(_ count: Int) {
    bytes += [UInt8](repeating: 0, count: count)
  }

  /// Appends what was made elsewhere.
  mutating func append(_ other: StructureBytes) { bytes += other.bytes }

  /// Appends a text with a NUL behind it.
  mutating func append(text: String) { bytes += Array(text.utf8) + [0] }
}

/// Bytes of a table behind its header, from the first to the last.
struct TableBody {
  private(set) var bytes: [UInt8] = []

  /// The number of bytes from the start of the table on.
  var offset: Int { TableHeader.size + bytes.count }

  /// Appends a little-endian number.
  mutating func add(_ value: some FixedWidthInteger & UnsignedInteger) {
    bytes += littleEndian(value)
  }

  /// Appends bytes.
  mutating func add(bytes more: [UInt8]) { bytes += more }

  /// Appends `count` bytes that are reserved.
  mutating func reserve(_ count: Int) { bytes += [UInt8](repeating: 0, count: count) }

  /// Appends a text and its NUL.
  mutating func add(text: String) { bytes += Array(text.utf8) + [0] }

  /// Appends an address with its space and its size.
  ///
  /// **Source:** ACPI 6.5, section 5.2.3.2, table 5.1.
  mutating func add(_ register: GenericRegister?) {
    guard let register else { return reserve(12) }
    add(bytes: [
      register.space.rawValue, register.bitWidth, register.bitOffset, register.accessSize,
    ])
    add(register.address)
  }
}

/// The value of a property: bytes, made from the shapes that bindings use.
///
/// **Source:** Devicetree Specification 0.4, section 2.2.4.
public struct PropertyValue: Sendable, Hashable {
  /// The bytes as they are written.
  public var bytes: [UInt8]

  /// A value of these bytes.
  public init(bytes: [UInt8]) { self.bytes = bytes }

  /// A value without bytes, for properties whose presence says it all.
  public static let empty = PropertyValue(bytes: [])

  /// One NUL-terminated string.
  public static func string(_ text: String) -> PropertyValue {
    strings([text])
  }

  /// NUL-terminated strings, one after the other.
  public static func strings(_ texts: [String]) -> PropertyValue {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(texts.reduce(0) { $0 + $1.utf8.count + 1 })
    for text in texts {
      bytes.append(contentsOf: text.utf8)
      bytes.append(0)
    }
    return PropertyValue(bytes: bytes)
  }

  /// 32-bit cells, most significant byte first.
  public static func cells(_ cells: [UInt32]) -> PropertyValue {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(4 * cells.count)
    for cell in cells {
      for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: cell >> shift)) }
    }
    return PropertyValue(bytes: bytes)
  }

  /// One 32-bit cell.
  public static func u32(_ cell: UInt32) -> PropertyValue { cells([cell]) }

  /// One 64-bit number, as two cells.
  public static func u64(_ number: UInt64) -> PropertyValue {
    cells([UInt32(truncatingIfNeeded: number >> 32), UInt32(truncatingIfNeeded: number)])
  }
}

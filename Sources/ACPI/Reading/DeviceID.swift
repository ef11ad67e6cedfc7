/// A hardware id, as `_HID` and `_CID` have it.
///
/// **Source:** ACPI 6.5, sections 6.1.2 and 6.1.5.
public struct DeviceID: Sendable {
  /// Its characters: `PNP0A08`, `LNRO0005`.
  public let text: String
  /// Whether it is compressed, and not a string.
  public let isCompressed: Bool
  /// Where it starts in its file, in bytes.
  public let byteOffset: Int

  init(_ value: Namespace.Value, of path: String) throws(ACPIError) {
    byteOffset = value.byteOffset
    if let string = value.string {
      text = string
      isCompressed = false
    } else if let integer = value.integer, let short = UInt32(exactly: integer),
      let id = EISAID(value: short)
    {
      text = id.description
      isCompressed = true
    } else {
      throw ACPIError(
        .badValue, "\(value.kind) that is no hardware id", byteOffset: value.byteOffset,
        objectPath: path)
    }
  }
}

/// What tells devices of one hardware id apart.
///
/// **Source:** ACPI 6.5, section 6.1.12.
public enum UniqueID: Hashable, Sendable {
  /// A number.
  case integer(UInt64)
  /// A text.
  case string(String)
}

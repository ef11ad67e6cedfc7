/// A place in an overlay that gets the phandle of a node of the base: `/fragment@0:target:0`.
///
/// **Source:** libfdt 1.6.1 `fdt_overlay.c`, `overlay_fixup_phandle`.
struct Fixup: Hashable {
  /// The path of the node in the overlay.
  var path: String
  /// The name of the property.
  var property: String
  /// The offset in the value, in bytes.
  var offset: Int

  init(path: String, property: String, offset: Int) {
    self.path = path
    self.property = property
    self.offset = offset
  }

  /// Reads what stands between two NULs; nil where it isn't a path, a property and a number.
  init?(_ bytes: ArraySlice<UInt8>) {
    let colon = UInt8(ascii: ":")
    let parts = bytes.split(separator: colon, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].first == UInt8(ascii: "/"), !parts[1].isEmpty,
      let offset = Self.number(parts[2])
    else { return nil }
    path = String(decoding: parts[0], as: UTF8.self)
    property = String(decoding: parts[1], as: UTF8.self)
    self.offset = offset
  }

  /// The text of the place, as it stands in `/__fixups__`.
  var text: String { "\(path):\(property):\(offset)" }

  /// Decimal digits, at most nine: no value is longer.
  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard (1...9).contains(digits.count) else { return nil }
    var number = 0
    for digit in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      number = 10 * number + Int(digit - UInt8(ascii: "0"))
    }
    return number
  }
}

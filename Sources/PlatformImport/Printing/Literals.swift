import PlatformDescription

/// Numbers, sizes and text, as people write them in a description.
enum Literals {
  /// `0x0900_0000`: eight digits, or as many as it takes; small numbers in decimal.
  static func address(_ address: GuestAddress) -> String {
    address.value < 10
      ? "\(address.value)" : hex(address.value, least: address.value > 0xffff ? 8 : 1)
  }

  /// `.mib(8)`: in the largest unit of which there is a whole number that people can read.
  static func size(_ size: ByteCount) -> String {
    let bytes = size.bytes
    let units: [(UInt64, String)] = [(1 << 30, "gib"), (1 << 20, "mib"), (1 << 10, "kib")]
    for (unit, name) in units where bytes >= unit && bytes % unit == 0 && bytes / unit < 4096 {
      return ".\(name)(\(bytes / unit))"
    }
    return ".bytes(\(bytes < 16 ? "\(bytes)" : hex(bytes, least: 1)))"
  }

  /// A cell: hexadecimal, small ones in decimal.
  static func cell(_ cell: UInt32) -> String {
    cell < 10 ? "\(cell)" : hex(UInt64(cell), least: 1)
  }

  /// A number that people count in: decimal, in groups of three where it is long.
  static func count(_ count: UInt64) -> String {
    let digits = String(count)
    return digits.utf8.count < 6 ? digits : grouped(digits, by: 3)
  }

  static func byte(_ byte: UInt8) -> String {
    (byte < 16 ? "0x0" : "0x") + String(byte, radix: 16)
  }

  private static func hex(_ number: UInt64, least: Int) -> String {
    var digits = String(number, radix: 16)
    if digits.utf8.count < least {
      digits = String(repeating: "0", count: least - digits.utf8.count) + digits
    }
    return "0x" + (digits.utf8.count > 4 ? grouped(digits, by: 4) : digits)
  }

  private static func grouped(_ digits: String, by count: Int) -> String {
    var result: [UInt8] = []
    let length = digits.utf8.count
    for (position, digit) in digits.utf8.enumerated() {
      if position > 0, (length - position) % count == 0 { result.append(UInt8(ascii: "_")) }
      result.append(digit)
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// A string literal in printable ASCII, whatever is in the text: what a tree says must not hide.
  static func string(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      default:
        if scalar.value >= 0x20, scalar.value < 0x7f {
          result.unicodeScalars.append(scalar)
        } else {
          result += "\\u{\(String(scalar.value, radix: 16))}"
        }
      }
    }
    return result + "\""
  }

  static func interrupt(_ interrupt: Interrupt) -> String {
    ".\(interrupt.kind.rawValue)(\(interrupt.number), .\(interrupt.trigger.rawValue))"
  }
}

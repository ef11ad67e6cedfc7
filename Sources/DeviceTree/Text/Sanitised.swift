/// `text` with everything but printable ASCII spelled `\xNN`.
///
/// Names come from files that nobody vouches for: a message or a comment that shows one must not
/// move the cursor, hide text by direction marks, or start a new line.
func sanitised(_ text: some StringProtocol) -> String {
  if text.utf8.allSatisfy(isPrintable) { return String(text) }
  var safe: [UInt8] = []
  for byte in text.utf8 {
    if isPrintable(byte) {
      safe.append(byte)
    } else {
      safe.append(contentsOf: hexEscape(byte))
    }
  }
  return String(decoding: safe, as: UTF8.self)
}

/// Whether `byte` is a printable ASCII character, the space included.
func isPrintable(_ byte: UInt8) -> Bool { byte >= 0x20 && byte < 0x7f }

/// `byte` as `\xNN`, which dtc reads back in a string.
func hexEscape(_ byte: UInt8) -> [UInt8] {
  [UInt8(ascii: "\\"), UInt8(ascii: "x"), hexDigit(byte >> 4), hexDigit(byte & 15)]
}

/// The lower-case digit of the low four bits of `value`.
func hexDigit(_ value: some BinaryInteger) -> UInt8 {
  let digit = UInt8(truncatingIfNeeded: value) & 15
  return digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
}

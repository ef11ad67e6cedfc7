extension String {
  /// The text with everything that a terminal would act on spelled out.
  ///
  /// Names come from files that nobody vouches for: an escape sequence in one must not reach the
  /// screen. Tabs stay; every other control character, and those that reorder text, become `\x1b`.
  public var safeForTerminal: String {
    if isPlain { return self }
    if unicodeScalars.allSatisfy({ !$0.isHazardous }) { return self }
    var text = ""
    for scalar in unicodeScalars {
      if scalar.isHazardous {
        let digits = String(scalar.value, radix: 16)
        text +=
          digits.count <= 2
          ? "\\x" + String(repeating: "0", count: 2 - digits.count) + digits : "\\u{\(digits)}"
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// Whether the text is nothing but printable ASCII, as most is.
  private var isPlain: Bool { utf8.allSatisfy { 0x20..<0x7f ~= $0 } }

  /// The text as one line for a person: safe for a terminal, and cut where nobody reads on.
  ///
  /// A hostile tree can have a name of a mebibyte.
  var line: String {
    let limit = 1_000
    // There are at least as many bytes as there are scalars.
    if utf8.count <= limit { return safeForTerminal }
    guard unicodeScalars.count > limit else { return safeForTerminal }
    return String(String.UnicodeScalarView(unicodeScalars.prefix(limit))).safeForTerminal + "…"
  }
}

extension String {
  /// The text with every scalar in `spellings` spelled otherwise.
  ///
  /// By scalars, because a comma with an accent on it is another character to Swift and still a
  /// comma to whoever reads the bytes.
  func respelled(_ spellings: KeyValuePairs<Unicode.Scalar, String>) -> String {
    var text = ""
    for scalar in unicodeScalars {
      if let spelling = spellings.first(where: { $0.key == scalar })?.value {
        text += spelling
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}

extension Unicode.Scalar {
  /// Whether a terminal would do something else than show it.
  var isHazardous: Bool {
    switch value {
    case 0x09: false
    case 0..<0x20, 0x7f..<0xa0: true
    // Separators of lines and paragraphs, on which some readers break lines.
    case 0x2028, 0x2029: true
    // Marks that reorder what follows: Unicode Standard Annex 9, and Unicode TR 36.
    case 0x061c, 0x200e, 0x200f, 0x202a...0x202e, 0x2066...0x2069: true
    default: false
    }
  }
}

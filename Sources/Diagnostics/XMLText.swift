extension String {
  /// The text between two tags: without markup, and without the characters that XML 1.0 has no
  /// spelling for.
  ///
  /// **Source:** XML 1.0, fifth edition, sections 2.2 and 2.4.
  var xmlText: String {
    var safe = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "&": safe += "&amp;"
      case "<": safe += "&lt;"
      case ">": safe += "&gt;"
      case "\"": safe += "&quot;"
      case "\n": safe += "\n"
      // A reader would make a space of a tab in an attribute.
      case "\t": safe += "&#9;"
      case "\u{fffe}", "\u{ffff}": safe += "\u{fffd}"
      default: safe.unicodeScalars.append(scalar)
      }
    }
    return safe
  }

  /// The text as the value of an attribute, in quotes.
  var xmlAttribute: String { "\"\(line.xmlText)\"" }
}

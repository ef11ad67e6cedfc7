extension JSONValue {
  /// The value as text in UTF-8, indented by two spaces, ending in a line break.
  var bytes: [UInt8] {
    var output: [UInt8] = []
    write(to: &output, depth: 0)
    output.append(UInt8(ascii: "\n"))
    return output
  }

  // Recursion goes as deep as our own reports are, never as deep as an input is.
  private func write(to output: inout [UInt8], depth: Int) {
    switch self {
    case .string(let text): Self.write(text, to: &output)
    case .integer(let number): output += Array(String(number).utf8)
    case .boolean(let value): output += Array((value ? "true" : "false").utf8)
    case .array(let elements):
      Self.write("[", "]", elements, to: &output, depth: depth) { element, output in
        element.write(to: &output, depth: depth + 1)
      }
    case .object(let members):
      Self.write("{", "}", members, to: &output, depth: depth) { member, output in
        Self.write(member.name, to: &output)
        output += [UInt8(ascii: ":"), UInt8(ascii: " ")]
        member.value.write(to: &output, depth: depth + 1)
      }
    }
  }

  private static func write<Part>(
    _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ parts: [Part], to output: inout [UInt8],
    depth: Int, each: (Part, inout [UInt8]) -> Void
  ) {
    output.append(UInt8(ascii: open))
    for (index, part) in parts.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      breakLine(&output, depth + 1)
      each(part, &output)
    }
    if !parts.isEmpty { breakLine(&output, depth) }
    output.append(UInt8(ascii: close))
  }

  private static func breakLine(_ output: inout [UInt8], _ depth: Int) {
    output.append(UInt8(ascii: "\n"))
    output += Array(repeating: UInt8(ascii: " "), count: depth * 2)
  }

  /// A string, with everything escaped that JSON reserves or that a terminal would act on: reports
  /// are looked at as often as they are parsed.
  private static func write(_ text: String, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": output += [UInt8(ascii: "\\"), UInt8(ascii: scalar)]
      case "\n": output += Array("\\n".utf8)
      case "\t": output += Array("\\t".utf8)
      case _ where scalar.isHazardous:
        let digits = String(scalar.value, radix: 16)
        // All of them lie in the first plane, so that four digits do.
        output += Array("\\u".utf8) + Array(String(repeating: "0", count: 4 - digits.count).utf8)
        output += Array(digits.utf8)
      default: output += Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
    output.append(UInt8(ascii: "\""))
  }
}

/// Terms as ASL, which iasl compiles back to the bytes that ``AMLWriter`` writes.
///
/// Functions are written as such, `Add (Local0, One, Local0)`: every version of iasl knows them.
struct ASLWriter {
  var text = ""
  private var depth = 0

  /// A table, with externals in front.
  mutating func write(_ block: DefinitionBlock) {
    let header = block.header
    text += "DefinitionBlock (\"\", \(quoted(header.signature)), \(header.revision), "
    text += "\(quoted(padded(header.oemID, 6))), \(quoted(padded(header.oemTableID, 8))), "
    text += "\(aslHex(header.oemRevision)))\n{\n"
    depth = 1
    for external in block.externals { statement(.external(external)) }
    if !block.externals.isEmpty, !block.terms.isEmpty { text += "\n" }
    for term in block.terms { statement(term) }
    text += "}\n"
  }

  private func padded(_ text: String, _ count: Int) -> String {
    text + String(repeating: " ", count: max(0, count - text.utf8.count))
  }

  /// Starts a line.
  mutating func indent() {
    for _ in 0..<depth { text += "    " }
  }

  /// A term on lines of its own.
  mutating func statement(_ term: Term) {
    indent()
    switch term {
    case .scope(let path, let body): block("Scope (\(path))", body)
    case .device(let path, let body): block("Device (\(path))", body)
    case .thermalZone(let path, let body): block("ThermalZone (\(path))", body)
    case .method(let method):
      var head = "Method (\(method.path), \(method.argumentCount), "
      head += method.isSerialized ? "Serialized" : "NotSerialized"
      if method.syncLevel > 0 { head += ", \(method.syncLevel)" }
      block(head + ")", method.body)
    case .processor(let processor):
      block(
        "Processor (\(processor.path), \(aslHex(processor.id)), "
          + "\(aslHex(processor.blockAddress)), \(aslHex(processor.blockLength)))", processor.body)
    case .powerResource(let resource):
      block(
        "PowerResource (\(resource.path), \(aslHex(resource.systemLevel)), "
          + "\(aslHex(resource.resourceOrder)))", resource.body)
    case .external(let external):
      text += "External (\(external.path), \(external.type.keyword)"
      if external.argumentCount > 0 {
        let arguments = [String](repeating: "UnknownObj", count: Int(external.argumentCount))
        text += ", UnknownObj, {\(arguments.joined(separator: ", "))}"
      }
      text += ")\n"
    case .operationRegion(let region):
      text += "OperationRegion (\(region.path), \(region.space.keyword), "
      expression(region.offset)
      text += ", "
      expression(region.length)
      text += ")\n"
    case .field(let field): write(field)
    case .if(let condition, let body, let otherwise):
      text += "If ("
      expression(condition)
      block(")", body)
      if let otherwise {
        indent()
        block("Else", otherwise)
      }
    case .while(let condition, let body):
      text += "While ("
      expression(condition)
      block(")", body)
    default:
      expression(term)
      text += "\n"
    }
  }

  private mutating func block(_ head: String, _ body: [Term]) {
    text += head
    text += "\n"
    open()
    for term in body { statement(term) }
    close()
    text += "\n"
  }

  /// An opening brace on a line of its own.
  mutating func open() {
    indent()
    text += "{\n"
    depth += 1
  }

  /// A closing brace, behind which the line goes on.
  mutating func close() {
    depth -= 1
    indent()
    text += "}"
  }
}

/// A number as iasl shows it: `0x` and upper-case digits, two for each byte.
func aslHex(_ value: some FixedWidthInteger & UnsignedInteger) -> String {
  let digits = String(value, radix: 16, uppercase: true)
  return "0x" + String(repeating: "0", count: max(0, value.bitWidth / 4 - digits.count)) + digits
}

/// A string of ASL, in quotation marks.
func quoted(_ text: String) -> String {
  var result = "\""
  for byte in text.utf8 {
    switch byte {
    case 0x22, 0x5c:
      result += "\\"
      result.unicodeScalars.append(Unicode.Scalar(byte))
    case 0x20...0x7e: result.unicodeScalars.append(Unicode.Scalar(byte))
    default:
      let digits = String(byte, radix: 16, uppercase: true)
      result += "\\x" + (digits.utf8.count < 2 ? "0" : "") + digits
    }
  }
  return result + "\""
}

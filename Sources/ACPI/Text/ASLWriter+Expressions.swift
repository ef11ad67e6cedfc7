extension ASLWriter {
  /// A term within a line.
  mutating func expression(_ term: Term) {
    switch term {
    case .integer(let value): integer(value)
    case .string(let string): text += quoted(string)
    case .eisaID(let id): text += "EisaId (\"\(id)\")"
    case .uuid(let uuid): text += "ToUUID (\"\(uuid)\")"
    case .buffer(let size, let bytes): buffer(size, bytes)
    case .resources(let descriptors): resources(descriptors)
    case .package(let elements, let count):
      text += count.map { "Package (\(aslInteger(UInt64(clamping: $0))))" } ?? "Package ()"
      package(elements)
    case .variablePackage(let count, let elements):
      text += "Package ("
      expression(count)
      text += ")"
      package(elements)
    case .path(let path): text += path.description
    case .call(let path, let arguments):
      text += "\(path) "
      list(arguments)
    case .local(let number): text += "Local\(number)"
    case .argument(let number): text += "Arg\(number)"
    case .nothing: break
    case .name(let path, let value):
      text += "Name (\(path), "
      expression(value)
      text += ")"
    case .operation(let opcode, let operands): operation(opcode, operands)
    default: break
    }
  }

  private mutating func integer(_ value: UInt64) { text += aslInteger(value) }

  private mutating func list(_ terms: [Term]) {
    text += "("
    for (index, term) in terms.enumerated() {
      if index > 0 { text += ", " }
      expression(term)
    }
    text += ")"
  }

  private mutating func operation(_ opcode: Opcode, _ operands: [Term]) {
    text += opcode.name ?? "Zero"
    guard let form = opcode.form, !form.operands.isEmpty else { return }
    var operands = operands
    while operands.last == .nothing { operands.removeLast() }
    text += " ("
    for (index, operand) in operands.enumerated() {
      if index > 0 { text += ", " }
      if opcode == .match, index == 1 || index == 3, case .integer(let value) = operand, value < 6 {
        text += ["MTR", "MEQ", "MLE", "MLT", "MGE", "MGT"][Int(value)]
      } else {
        expression(operand)
      }
    }
    text += ")"
  }

  private mutating func package(_ elements: [Term]) {
    let isShort = elements.count <= 4 && elements.allSatisfy(\.isShort)
    if elements.isEmpty {
      text += " {}"
      return
    }
    if isShort {
      text += " { "
      for (index, element) in elements.enumerated() {
        if index > 0 { text += ", " }
        expression(element)
      }
      text += " }"
      return
    }
    text += "\n"
    open()
    for (index, element) in elements.enumerated() {
      indent()
      expression(element)
      text += index + 1 < elements.count ? ",\n" : "\n"
    }
    close()
  }

  /// A buffer of bytes, in lines of eight where there are more.
  mutating func buffer(_ size: Term?, _ bytes: [UInt8]) {
    text += "Buffer ("
    if let size { expression(size) }
    text += ")"
    self.bytes(bytes)
  }

  /// Bytes in braces, in lines of eight where there are more.
  mutating func bytes(_ bytes: [UInt8]) {
    guard bytes.count > 8 else {
      text += " {" + bytes.map(aslHex).joined(separator: ", ") + "}"
      return
    }
    text += "\n"
    open()
    for start in stride(from: 0, to: bytes.count, by: 8) {
      let end = min(start + 8, bytes.count)
      indent()
      text += bytes[start..<end].map(aslHex).joined(separator: ", ")
      text += end < bytes.count ? ",\n" : "\n"
    }
    close()
  }
}

/// An integer as ASL shows it.
func aslInteger(_ value: UInt64) -> String {
  switch value {
  case 0: "Zero"
  case 1: "One"
  case ...0xff: aslHex(UInt8(value))
  case ...0xffff: aslHex(UInt16(value))
  case ...0xffff_ffff: aslHex(UInt32(value))
  default: aslHex(value)
  }
}

extension Term {
  /// Whether several of these fit one line.
  fileprivate var isShort: Bool {
    switch self {
    case .integer, .eisaID, .path, .nothing, .uuid: true
    case .string(let text): text.utf8.count <= 40
    default: false
    }
  }
}

extension AMLWriter {
  /// Puts an integer in front, in its shortest form.
  mutating func write(integer value: UInt64) throws(ACPIError) {
    guard has64BitIntegers || value >> 32 == 0 else {
      throw ACPIError(
        .notWritable, "\(hex(value)) has more than the 32 bits of a table of revision 1")
    }
    switch value {
    case 0: out.prepend(byte: 0)
    case 1: out.prepend(byte: 1)
    case has64BitIntegers ? .max : 0xffff_ffff: out.prepend(byte: 0xff)
    case ...0xff:
      var place = out.prepend(2)
      out.put(UInt8(0x0a), at: &place)
      out.put(UInt8(value), at: &place)
    case ...0xffff:
      var place = out.prepend(3)
      out.put(UInt8(0x0b), at: &place)
      out.put(UInt16(value), at: &place)
    case ...0xffff_ffff:
      var place = out.prepend(5)
      out.put(UInt8(0x0c), at: &place)
      out.put(UInt32(value), at: &place)
    default:
      var place = out.prepend(9)
      out.put(UInt8(0x0e), at: &place)
      out.put(value, at: &place)
    }
  }

  /// Puts a string in front.
  mutating func write(string: String) throws(ACPIError) {
    for byte in string.utf8 where byte == 0 || byte > 0x7f {
      throw ACPIError(
        .notWritable, "'\(sanitised(string))' has the byte \(hex(byte)); AML's strings are ASCII")
    }
    out.prepend(string: string)
    out.prepend(byte: 0x0d)
  }

  /// Puts a buffer in front.
  mutating func write(buffer size: Term?, bytes: [UInt8]) throws(ACPIError) {
    let end = out.count
    out.prepend(bytes)
    if let size { try write(size) } else { try write(integer: UInt64(bytes.count)) }
    try close(.buffer, from: end)
  }

  /// Puts a buffer with descriptors and an end tag in front.
  mutating func write(resources descriptors: [ResourceDescriptor]) throws(ACPIError) {
    let end = out.count
    out.prepend(byte: 0)
    out.prepend(byte: 0x79)
    for descriptor in descriptors.reversed() { try write(descriptor) }
    try write(integer: UInt64(out.count - end))
    try close(.buffer, from: end)
  }

  /// Puts a package in front; more than 255 elements need the other opcode.
  mutating func write(package elements: [Term], count: Int?) throws(ACPIError) {
    let count = count ?? elements.count
    guard count >= elements.count, count <= Int(UInt32.max) else {
      throw ACPIError(
        .notWritable, "a package of \(count) elements can't have \(elements.count)")
    }
    let end = out.count
    try write(elements)
    if count <= 255 {
      out.prepend(byte: UInt8(count))
      try close(.package, from: end)
    } else {
      try write(integer: UInt64(count))
      try close(.variablePackage, from: end)
    }
  }

  /// Puts an operation in front, its operands as its form wants them.
  mutating func write(_ opcode: Opcode, _ operands: [Term]) throws(ACPIError) {
    guard let form = opcode.form, !form.hasLength else {
      throw ACPIError(.notWritable, "\(hex(opcode.rawValue)) is no operation")
    }
    let kinds = form.operands
    guard operands.count <= kinds.count else {
      throw ACPIError(
        .notWritable, "\(form.name) takes \(kinds.count) operands, not \(operands.count)")
    }
    for index in kinds.indices.reversed() {
      let operand = index < operands.count ? operands[index] : .nothing
      switch (kinds[index], operand) {
      case (.byte, .integer(let value)) where value <= 0xff: out.prepend(byte: UInt8(value))
      case (.word, .integer(let value)) where value <= 0xffff:
        var place = out.prepend(2)
        out.put(UInt16(value), at: &place)
      case (.doubleWord, .integer(let value)) where value <= 0xffff_ffff:
        var place = out.prepend(4)
        out.put(UInt32(value), at: &place)
      case (.name, .path(let path)): try write(path: path)
      case (.target, _): try write(operand)
      case (.superName, _) where operand != .nothing, (.term, _) where operand != .nothing:
        try write(operand)
      default:
        throw ACPIError(.notWritable, "operand \(index + 1) of \(form.name) is missing, or none")
      }
    }
    write(opcode: opcode)
  }
}

/// Terms as bytes, the last one first; see ``BackwardBytes``.
struct AMLWriter {
  var out: BackwardBytes
  /// Whether integers have 64 bits, as from revision 2 of a table on.
  let has64BitIntegers: Bool
  /// How deep terms are nested, against a model that never ends.
  private var depth = 0

  /// A writer for a table of this revision.
  init(revision: UInt8, capacity: Int = 1024) {
    has64BitIntegers = revision >= 2
    out = BackwardBytes(capacity: capacity)
  }

  /// Puts terms in front, in their order.
  mutating func write(_ terms: [Term]) throws(ACPIError) {
    var index = terms.count
    while index > 0 {
      index -= 1
      try write(terms[index])
    }
  }

  /// Puts one term in front.
  mutating func write(_ term: Term) throws(ACPIError) {
    depth += 1
    defer { depth -= 1 }
    guard depth <= ACPILimits.deepest else {
      throw ACPIError(.limitExceeded, "terms are nested more than \(ACPILimits.deepest) deep")
    }
    switch term {
    case .integer(let value): try write(integer: value)
    case .string(let text): try write(string: text)
    case .eisaID(let id):
      guard EISAID(value: id.value) != nil else {
        throw ACPIError(.badName, "an EISA id that is none")
      }
      try write(integer: UInt64(id.value))
    case .uuid(let uuid):
      try uuid.check()
      let end = out.count
      var place = out.prepend(16)
      out.put(uuid.low, at: &place)
      out.put(uuid.high, at: &place)
      try write(integer: 16)
      try close(.buffer, from: end)
    case .buffer(let size, let bytes): try write(buffer: size, bytes: bytes)
    case .resources(let descriptors): try write(resources: descriptors)
    case .package(let elements, let count): try write(package: elements, count: count)
    case .variablePackage(let count, let elements):
      let end = out.count
      try write(elements)
      try write(count)
      try close(.variablePackage, from: end)
    case .path(let path): try write(path: path)
    case .call(let path, let arguments):
      guard arguments.count <= 7 else {
        throw ACPIError(.notWritable, "\(path) is called with more than 7 arguments")
      }
      try write(arguments)
      try write(path: path)
    case .local(let number):
      guard number < 8 else { throw ACPIError(.notWritable, "there is no Local\(number)") }
      out.prepend(byte: 0x60 + number)
    case .argument(let number):
      guard number < 7 else { throw ACPIError(.notWritable, "there is no Arg\(number)") }
      out.prepend(byte: 0x68 + number)
    case .nothing: out.prepend(byte: 0)
    case .operation(let opcode, let operands): try write(opcode, operands)
    default: try write(object: term)
    }
  }

  /// Puts an opcode in front.
  mutating func write(opcode: Opcode) {
    out.prepend(byte: UInt8(truncatingIfNeeded: opcode.rawValue))
    if opcode.rawValue > 0xff { out.prepend(byte: UInt8(opcode.rawValue >> 8)) }
  }

  /// Puts the length of what was written since there were `end` bytes in front, and the opcode.
  mutating func close(_ opcode: Opcode, from end: Int) throws(ACPIError) {
    let payload = out.count - end
    let extra = payload < 0x3f ? 0 : payload < 0xffe ? 1 : payload < 0xf_fffd ? 2 : 3
    let length = payload + 1 + extra
    guard length < 1 << 28 else {
      throw ACPIError(
        .notWritable,
        "\(opcode.name ?? "a term") has \(length) bytes; a PkgLength counts fewer than 2^28")
    }
    write(packageLength: length, following: extra)
    write(opcode: opcode)
  }

  /// Puts a number in front as PkgLength has it, with that many bytes behind its first.
  mutating func write(packageLength value: Int, following: Int) {
    if following == 0 {
      out.prepend(byte: UInt8(truncatingIfNeeded: value))
      return
    }
    for index in stride(from: following, to: 0, by: -1) {
      out.prepend(byte: UInt8(truncatingIfNeeded: value >> (4 + 8 * (index - 1))))
    }
    out.prepend(byte: UInt8(following << 6 | value & 15))
  }

  /// Puts a path in front.
  mutating func write(path: NamePath) throws(ACPIError) {
    guard path.isValid else {
      throw ACPIError(.badName, "'\(sanitised(path.description))' is no path of the namespace")
    }
    if let first = path.first {
      if !path.rest.isEmpty {
        for segment in path.rest.reversed() { write(segment: segment) }
      }
      write(segment: first)
      if path.count == 2 {
        out.prepend(byte: 0x2e)
      } else if path.count > 2 {
        out.prepend(byte: UInt8(path.count))
        out.prepend(byte: 0x2f)
      }
    } else {
      out.prepend(byte: 0)
    }
    switch path.start {
    case .here: break
    case .root: out.prepend(byte: 0x5c)
    case .parent(let count): for _ in 0..<count { out.prepend(byte: 0x5e) }
    }
  }

  /// Puts the four bytes of a name in front.
  mutating func write(segment: NameSegment) {
    var place = out.prepend(4)
    out.put(segment.rawValue, at: &place)
  }
}

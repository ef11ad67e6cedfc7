extension AMLWriter {
  /// Puts an object or a statement with a body in front; what can't be is reported with its path.
  mutating func write(object term: Term) throws(ACPIError) {
    do { try write(inObject: term) } catch {
      throw term.declaredPath.map { error.within($0) } ?? error
    }
  }

  private mutating func write(inObject term: Term) throws(ACPIError) {
    let end = out.count
    switch term {
    case .scope(let path, let body): try write(.scope, path, body)
    case .device(let path, let body): try write(.device, path, body)
    case .thermalZone(let path, let body): try write(.thermalZone, path, body)
    case .name(let path, let value):
      try write(value)
      try write(path: path)
      write(opcode: .name)
    case .method(let method):
      guard method.argumentCount <= 7, method.syncLevel <= 15 else {
        throw ACPIError(
          .notWritable, "\(method.path) has more than 7 arguments, or a level above 15")
      }
      try write(method.body)
      out.prepend(
        byte: method.argumentCount | (method.isSerialized ? 8 : 0) | method.syncLevel << 4)
      try write(path: method.path)
      try close(.method, from: end)
    case .external(let external):
      guard external.argumentCount <= 7 else {
        throw ACPIError(.notWritable, "\(external.path) has more than 7 arguments")
      }
      out.prepend(byte: external.argumentCount)
      out.prepend(byte: external.type.rawValue)
      try write(path: external.path)
      write(opcode: .external)
    case .operationRegion(let region):
      try write(region.length)
      try write(region.offset)
      out.prepend(byte: region.space.rawValue)
      try write(path: region.path)
      write(opcode: .operationRegion)
    case .field(let field): try write(field)
    case .processor(let processor):
      try write(processor.body)
      var place = out.prepend(6)
      out.put(processor.id, at: &place)
      out.put(processor.blockAddress, at: &place)
      out.put(processor.blockLength, at: &place)
      try write(path: processor.path)
      try close(.processor, from: end)
    case .powerResource(let resource):
      try write(resource.body)
      var place = out.prepend(3)
      out.put(resource.systemLevel, at: &place)
      out.put(resource.resourceOrder, at: &place)
      try write(path: resource.path)
      try close(.powerResource, from: end)
    case .if(let condition, let body, let otherwise):
      if let otherwise {
        try write(otherwise)
        try close(.else, from: end)
      }
      let middle = out.count
      try write(body)
      try write(condition)
      try close(.if, from: middle)
    case .while(let condition, let body):
      try write(body)
      try write(condition)
      try close(.while, from: end)
    default: throw ACPIError(.notWritable, "a term that is no object")
    }
  }

  private mutating func write(
    _ opcode: Opcode, _ path: NamePath, _ body: [Term]
  ) throws(ACPIError) {
    let end = out.count
    try write(body)
    try write(path: path)
    try close(opcode, from: end)
  }

  private mutating func write(_ field: Field) throws(ACPIError) {
    let end = out.count
    for element in field.elements.reversed() { try write(element) }
    out.prepend(byte: field.flags)
    switch field.source {
    case .region(let path):
      try write(path: path)
      try close(.field, from: end)
    case .index(let index, let data):
      try write(path: data)
      try write(path: index)
      try close(.indexField, from: end)
    case .bank(let region, let register, let value):
      try write(value)
      try write(path: register)
      try write(path: region)
      try close(.bankField, from: end)
    }
  }

  private mutating func write(_ element: Field.Element) throws(ACPIError) {
    switch element {
    case .named(let name, let bits):
      guard name.isValid else { throw ACPIError(.badName, "a unit of a field has no name") }
      try write(bits: bits)
      write(segment: name)
    case .reserved(let bits):
      try write(bits: bits)
      out.prepend(byte: 0)
    case .access(let type, let attribute, let length):
      if let length { out.prepend(byte: length) }
      out.prepend(byte: attribute)
      out.prepend(byte: type)
      out.prepend(byte: length == nil ? 1 : 3)
    case .connection(let term):
      try write(term)
      out.prepend(byte: 2)
    }
  }

  /// Puts a number of bits in front, which is coded as PkgLength is but doesn't count itself.
  private mutating func write(bits: Int) throws(ACPIError) {
    guard bits >= 0, bits < 1 << 28 else {
      throw ACPIError(.notWritable, "\(bits) bits in a field; at most 2^28 - 1 can be")
    }
    write(
      packageLength: bits,
      following: bits <= 0x3f ? 0 : bits <= 0xfff ? 1 : bits <= 0xf_ffff ? 2 : 3)
  }
}

extension Term {
  /// The path of the object that it declares; nil for what declares none.
  fileprivate var declaredPath: NamePath? {
    switch self {
    case .scope(let path, _), .device(let path, _), .thermalZone(let path, _), .name(let path, _):
      path
    case .method(let method): method.path
    case .processor(let processor): processor.path
    case .powerResource(let resource): resource.path
    default: nil
    }
  }
}

extension ACPIError {
  /// The same, in an object of this path.
  fileprivate func within(_ path: NamePath) -> ACPIError {
    // What isn't valid has no text that would help.
    guard path.isValid else { return self }
    let place = sanitised(path.description)
    let inner = objectPath.map { $0.hasPrefix("\\") ? $0 : place + "." + $0 }
    return ACPIError(code, message, byteOffset: byteOffset, objectPath: inner ?? place)
  }
}

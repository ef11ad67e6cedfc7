extension ASLWriter {
  /// A field with its pieces.
  mutating func write(_ field: Field) {
    switch field.source {
    case .region(let path): text += "Field (\(path), "
    case .index(let index, let data): text += "IndexField (\(index), \(data), "
    case .bank(let region, let register, let value):
      text += "BankField (\(region), \(register), "
      expression(value)
      text += ", "
    }
    text += "\(field.access.keyword), \(field.isLocked ? "Lock" : "NoLock"), "
    text += "\(field.updateRule.keyword))\n"
    open()
    for (index, element) in field.elements.enumerated() {
      indent()
      write(element)
      text += index + 1 < field.elements.count ? ",\n" : "\n"
    }
    close()
    text += "\n"
  }

  private mutating func write(_ element: Field.Element) {
    switch element {
    case .named(let name, let bits): text += "\(name.text), \(bits)"
    case .reserved(let bits): text += ", \(bits)"
    case .access(let type, let attribute, let length):
      text += "AccessAs (\(Field.Access(rawValue: type & 15)?.keyword ?? "AnyAcc")"
      if let length {
        // The three protocols of a serial bus whose transfers have a length.
        let word =
          attribute == 0x0b
          ? "AttribBytes" : attribute == 0x0e ? "AttribRawBytes" : "AttribRawProcessBytes"
        text += ", \(word) (\(aslHex(length)))"
      } else if attribute != 0 {
        text += ", \(aslHex(attribute))"
      }
      text += ")"
    case .connection(let term):
      text += "Connection ("
      if case .resources(let descriptors) = term, let first = descriptors.first,
        descriptors.count == 1
      {
        descriptor(first)
      } else {
        expression(term)
      }
      text += ")"
    }
  }
}

extension Interrupt: Packable {
  func pack(into writer: PackedWriter) throws {
    try writer.appendEntries(.object) {
      try writer.append(kind, for: "kind")
      try writer.append(number, for: "number")
      try writer.append(trigger, for: "trigger")
    }
  }

  init(unpacking value: PackedDecoder) throws {
    var fields = try PackedFields(value)
    kind = try fields.value("kind")
    number = try fields.value("number")
    trigger = try fields.value("trigger")
  }
}

extension Interrupt.Kind: Packable {}
extension Interrupt.Trigger: Packable {}

extension GuestAddress: Packable {
  func pack(into writer: PackedWriter) { writer.append(description) }

  init(unpacking value: PackedDecoder) throws {
    let text = try value.string()
    guard let number = UInt64(hex: text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: [], debugDescription: "'\(text)' is no hexadecimal number"))
    }
    self.init(number)
  }
}

extension Declaration: Packable {
  func pack(into writer: PackedWriter) throws {
    try writer.appendEntries(.object) {
      try writer.append(ifPresent: location, for: "location")
      try writer.append(allowances, for: "allowances")
      try writer.append(additions, for: "additions")
      try writer.append(ifPresent: omissions, for: "omissions")
      try writer.append(ifPresent: label, for: "label")
      try writer.append(ifPresent: name, for: "name")
    }
  }

  init(unpacking value: PackedDecoder) throws {
    var fields = try PackedFields(value)
    location = try fields.valueIfPresent("location")
    allowances = try fields.value("allowances")
    additions = try fields.value("additions")
    omissions = try fields.valueIfPresent("omissions")
    label = try fields.valueIfPresent("label")
    name = try fields.valueIfPresent("name")
  }
}

extension Allowance: Packable {}
extension Label: Packable {}
extension NodeContent: Packable {}

extension SourceLocation: Packable {
  func pack(into writer: PackedWriter) throws {
    try writer.appendEntries(.object) {
      try writer.append(file, for: "file")
      try writer.append(line, for: "line")
      try writer.append(column, for: "column")
    }
  }

  init(unpacking value: PackedDecoder) throws {
    var fields = try PackedFields(value)
    file = try fields.value("file")
    line = try fields.value("line")
    column = try fields.value("column")
  }
}

extension Reference: Packable {
  func pack(into writer: PackedWriter) throws {
    try writer.appendEntries(.object) {
      try writer.append(noun, for: "noun")
      try writer.append(ifPresent: at, for: "at")
      try writer.append(ifPresent: name, for: "name")
      try writer.append(ifPresent: declared, for: "declared")
    }
  }

  init(unpacking value: PackedDecoder) throws {
    var fields = try PackedFields(value)
    noun = try fields.value("noun")
    at = try fields.valueIfPresent("at")
    name = try fields.valueIfPresent("name")
    declared = try fields.valueIfPresent("declared")
  }
}

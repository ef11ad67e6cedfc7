extension Platform: Packable {
  func pack(into writer: PackedWriter) throws {
    try writer.appendEntries(.object) {
      try writer.append(Self.schemaVersion, for: "schemaVersion")
      try writer.append(name, for: "name")
      try writer.append(virtualMachines, for: "virtualMachines")
      try writer.append(ifPresent: location, for: "location")
    }
  }

  init(unpacking value: PackedDecoder) throws {
    var fields = try PackedFields(value)
    let version: Int = try fields.value("schemaVersion")
    guard version == Self.schemaVersion else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: [], debugDescription: "version \(version) is not read here"))
    }
    name = try fields.value("name")
    virtualMachines = try fields.value("virtualMachines")
    location = try fields.valueIfPresent("location")
  }
}

extension VirtualMachine: Packable {
  func pack(into writer: PackedWriter) throws {
    try writer.appendEntries(.object) {
      try writer.append(name, for: "name")
      try writer.append(architecture, for: "architecture")
      try writer.append(ifPresent: firmware, for: "firmware")
      try writer.append(ifPresent: confidential, for: "confidential")
      try writer.append(ifPresent: machine, for: "machine")
      try writer.append(ifPresent: compatible, for: "compatible")
      try writer.append(ifPresent: bootCPU, for: "bootCPU")
      try writer.append(elements, for: "elements")
      try writer.append(declaration, for: "declaration")
    }
  }

  init(unpacking value: PackedDecoder) throws {
    var fields = try PackedFields(value)
    name = try fields.value("name")
    architecture = try fields.value("architecture")
    firmware = try fields.valueIfPresent("firmware")
    confidential = try fields.valueIfPresent("confidential")
    machine = try fields.valueIfPresent("machine")
    compatible = try fields.valueIfPresent("compatible")
    bootCPU = try fields.valueIfPresent("bootCPU")
    elements = try fields.value("elements")
    declaration = try fields.value("declaration")
  }
}

extension Architecture: Packable {}
extension Firmware: Packable {}
extension Confidentiality: Packable {}
extension Machine: Packable {}

extension Element: Packable {
  func pack(into writer: PackedWriter) throws {
    guard case .virtioMMIO(let noun) = self else { return try writer.append(self) }
    try writer.appendEntries(.object) {
      try writer.append(noun, for: CodingKeys.virtioMMIO.rawValue)
    }
  }

  init(unpacking value: PackedDecoder) throws {
    guard let noun = try PackedFields(value).only(CodingKeys.virtioMMIO.rawValue) else {
      try self.init(from: value)
      return
    }
    self = .virtioMMIO(try VirtioMMIO(unpacking: noun))
  }
}

extension VirtioMMIO: Packable {
  func pack(into writer: PackedWriter) throws {
    try writer.appendEntries(.object) {
      try writer.append(device, for: "device")
      try writer.append(ifPresent: at, for: "at")
      try writer.append(ifPresent: slot, for: "slot")
      try writer.append(ifPresent: interrupt, for: "interrupt")
      try writer.append(memoryRegion, for: "memoryRegion")
      try writer.append(memoryRegionNames, for: "memoryRegionNames")
      try writer.append(ifPresent: backend, for: "backend")
      try writer.append(ifPresent: iommu, for: "iommu")
      try writer.append(ifPresent: endpoint, for: "endpoint")
      try writer.append(features, for: "features")
      try writer.append(withholding, for: "withholding")
      try writer.append(dmaCoherent, for: "dmaCoherent")
      try writer.append(ifPresent: acpi, for: "acpi")
      try writer.append(declaration, for: "declaration")
    }
  }

  init(unpacking value: PackedDecoder) throws {
    var fields = try PackedFields(value)
    device = try fields.value("device")
    at = try fields.valueIfPresent("at")
    slot = try fields.valueIfPresent("slot")
    interrupt = try fields.valueIfPresent("interrupt")
    memoryRegion = try fields.value("memoryRegion")
    memoryRegionNames = try fields.value("memoryRegionNames")
    backend = try fields.valueIfPresent("backend")
    iommu = try fields.valueIfPresent("iommu")
    endpoint = try fields.valueIfPresent("endpoint")
    features = try fields.value("features")
    withholding = try fields.value("withholding")
    dmaCoherent = try fields.value("dmaCoherent")
    acpi = try fields.valueIfPresent("acpi")
    declaration = try fields.value("declaration")
  }
}

extension VirtioMMIO.HardwareID: Packable {}
extension VirtioFeature: Packable {}

extension VirtioDevice: Packable {
  func pack(into writer: PackedWriter) throws {
    try writer.appendEntries(.object) {
      try writer.append(deviceID, for: "deviceID")
      try writer.append(queues, for: "queues")
      try writer.append(ifPresent: parameters, for: "parameters")
    }
  }

  init(unpacking value: PackedDecoder) throws {
    var fields = try PackedFields(value)
    deviceID = try fields.value("deviceID")
    queues = try fields.value("queues")
    parameters = try fields.valueIfPresent("parameters")
  }
}

extension VirtioParameters: Packable {}

extension Virtqueue: Packable {
  func pack(into writer: PackedWriter) throws {
    try writer.appendEntries(.object) {
      try writer.append(name, for: "name")
      try writer.append(size, for: "size")
    }
  }

  init(unpacking value: PackedDecoder) throws {
    var fields = try PackedFields(value)
    self.init(try fields.value("name"), size: try fields.value("size"))
  }
}

import PlatformDescription

extension OfferedFeatures: Encodable {
  enum Key: String, CodingKey, CaseIterable {
    case schema = "$schema"
    case version, virtualMachine, devices, arguments, kernelArgument
  }

  /// Writes it as `schemas/features.schema.json` says.
  ///
  /// - Throws: What `encoder` throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(Self.version, forKey: .version)
    try container.encodeIfPresent(virtualMachine, forKey: .virtualMachine)
    try container.encode(devices, forKey: .devices)
    try container.encodeIfPresent(kernelArgument, forKey: .kernelArgument)
    guard !arguments.isEmpty else { return }
    var texts: [String: VMMArguments] = [:]
    for arguments in self.arguments { texts[arguments.vmm.rawValue] = arguments }
    try container.encode(texts, forKey: .arguments)
  }
}

extension OfferedDevice: Encodable {
  enum Key: String, CodingKey, CaseIterable {
    case node, transport, function, devno, type, features, queues
  }

  /// A bit by its name where it has one, by its number otherwise.
  private enum Feature: Encodable {
    case name(String)
    case number(Int)

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .name(let name): try container.encode(name)
      case .number(let number): try container.encode(number)
      }
    }
  }

  private struct Queue: Encodable {
    var name: String
    var size: Int
  }

  /// Writes it as `schemas/features.schema.json` says.
  ///
  /// - Throws: What `encoder` throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(node, forKey: transport == .ccw ? .devno : .node)
    try container.encode(transport.rawValue, forKey: .transport)
    if let requesterID, !hasNode || transport == .pci {
      try container.encode(FunctionAddress(requesterID).description, forKey: .function)
    }
    if DeviceTypes.id(of: typeName) == deviceID {
      try container.encode(typeName, forKey: .type)
    } else {
      try container.encode(deviceID, forKey: .type)
    }
    let names = FeatureNames(deviceID: deviceID)
    try container.encode(
      features.map {
        (names.name(of: $0.bit) ?? self.names[$0.bit]).map(Feature.name) ?? .number($0.bit)
      },
      forKey: .features)
    try container.encode(
      queues.map { Queue(name: $0.name, size: $0.size) }, forKey: .queues)
  }
}

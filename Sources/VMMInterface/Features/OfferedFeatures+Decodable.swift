import GuestView
import PlatformDescription
import PlatformLint

extension OfferedFeatures: Decodable {
  /// Reads what a person may have written, and refuses what it doesn't know: a misspelt key or name would
  /// silently offer nothing.
  ///
  /// - Throws: `DecodingError`, whose description says what is wrong.
  public init(from decoder: any Decoder) throws {
    let container = try StrictContainer(decoder, keys: Key.allCases.map(\.rawValue))
    _ = try container.optional(String.self, "$schema")
    guard let version = try container.optional(Int.self, "version") else {
      throw container.failure("version", "is missing; it is \(Self.version)")
    }
    guard version == Self.version else {
      throw container.failure("version", "is \(version); only \(Self.version) is known")
    }
    guard let devices = try container.optional([OfferedDevice].self, "devices") else {
      throw container.failure("devices", "is missing")
    }
    var seen: [String: Int] = [:]
    for (index, device) in devices.enumerated() {
      if let first = seen.updateValue(index, forKey: device.described) {
        throw container.failure(
          "devices", "\(device.described) is there twice, as [\(first)] and [\(index)]")
      }
    }
    // What a VMM is told is nothing that a check asks for.
    self.init(virtualMachine: try container.text("virtualMachine"), devices: devices)
  }
}

extension OfferedDevice: Decodable {
  /// The device in a message, which tells it from all others.
  var described: String {
    hasNode || transport == .ccw
      ? node : "\(requesterID.map { FunctionAddress($0).description } ?? "?") of \(node)"
  }

  /// A bit by its name or by its number.
  private struct Feature: Decodable {
    var name: String?
    var number = 0

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Int.self) {
        self.number = number
      } else {
        name = try container.decode(String.self)
      }
    }
  }

  /// A queue by its size, or with a name.
  private struct Queue: Decodable {
    var name: String?
    var size: Int

    init(from decoder: any Decoder) throws {
      if let size = try? decoder.singleValueContainer().decode(Int.self) {
        self.size = size
        return
      }
      let container = try StrictContainer(decoder, keys: ["name", "size"])
      name = try container.text("name")
      guard let size = try container.optional(Int.self, "size") else {
        throw container.failure("size", "is missing")
      }
      self.size = size
    }
  }

  /// Reads a device.
  ///
  /// - Throws: `DecodingError`, whose description says what is wrong.
  public init(from decoder: any Decoder) throws {
    let container = try StrictContainer(decoder, keys: Key.allCases.map(\.rawValue))
    if let devno = try container.text("devno") {
      try self.init(onChannel: devno, container)
      return
    }
    let node = try container.requiredText("node")
    guard node.hasPrefix("/") || node.hasPrefix("\\") else {
      throw container.failure(
        "node", "'\(node)' is no path: it has to start with / or, under ACPI, with \\")
    }
    let function = try container.text("function")
    let requesterID = try function.map { text in
      guard let address = FunctionAddress(text) else {
        throw container.failure("function", "'\(text)' is no function of PCI, as 00:01.0 is")
      }
      return address.requesterID
    }
    let transport: Transport =
      try container.choice("transport") ?? (requesterID == nil ? .mmio : .pci)
    guard transport != .ccw else {
      throw container.failure(
        "devno", "is missing; a channel device has one, as fe.0.0001, and no node")
    }
    guard transport == .pci || requesterID == nil else {
      throw container.failure("function", "a device on mmio is no function of PCI")
    }
    let deviceID = try Self.deviceID(container)
    let (features, names) = try Self.features(container, deviceID)
    self.init(
      node: node, transport: transport, requesterID: requesterID,
      hasNode: requesterID == nil || Self.isFunctionNode(node),
      deviceID: deviceID, features: features, queues: try Self.queues(container), names: names)
  }

  /// Reads a device of the channel subsystem.
  private init(onChannel devno: String, _ container: StrictContainer) throws {
    guard let address = ChannelAddress(devno) else {
      throw container.failure("devno", "'\(devno)' is no channel device, as fe.0.0001 is")
    }
    for key in ["node", "function"] where try container.text(key) != nil {
      throw container.failure(key, "a channel device has none")
    }
    let transport: Transport = try container.choice("transport") ?? .ccw
    guard transport == .ccw else {
      throw container.failure("devno", "a device on \(transport.rawValue) is no channel device")
    }
    let deviceID = try Self.deviceID(container)
    let (features, names) = try Self.features(container, deviceID)
    self.init(
      node: address.description, transport: .ccw, hasNode: false, deviceID: deviceID,
      features: features, queues: try Self.queues(container), names: names)
  }

  /// Whether `node` is the node of a function itself: its unit address is a device and a function.
  private static func isFunctionNode(_ node: String) -> Bool {
    guard let unit = node.split(separator: "/").last?.split(separator: "@").last else {
      return false
    }
    let parts = unit.split(separator: ",")
    guard (1...2).contains(parts.count) else { return false }
    return (UInt8(parts[0], radix: 16) ?? .max) < 32
      && (parts.count == 1 || (UInt8(parts[1], radix: 16) ?? .max) < 8)
  }

  private static func deviceID(_ container: StrictContainer) throws -> Int {
    if let number = try? container.optional(Int.self, "type") {
      guard (1..<1 << 16).contains(number) else {
        throw container.failure("type", "\(number) is no type of device: 1 to 65535")
      }
      return number
    }
    let name = try container.requiredText("type")
    guard let id = DeviceTypes.id(of: name) else {
      let known = DeviceTypes.names.sorted().joined(separator: ", ")
      throw container.failure("type", "'\(name)' is no type of device; there are \(known)")
    }
    return id
  }

  private static func features(
    _ container: StrictContainer, _ deviceID: Int
  ) throws -> (features: [VirtioFeature], names: [Int: String]) {
    guard let features = try container.optional([Feature].self, "features") else {
      throw container.failure("features", "is missing; [] is for a device that offers none")
    }
    let names = FeatureNames(deviceID: deviceID)
    var bits: Set<Int> = []
    var others: [Int: String] = [:]
    for feature in features {
      if let name = feature.name {
        if let bit = names.bit(name) {
          bits.insert(bit)
        } else if let bit = FeatureNames.bitOutsideOfTheStandard(name) {
          bits.insert(bit)
          if let other = others.updateValue(name, forKey: bit), other != name {
            throw container.failure("features", "'\(other)' and '\(name)' are both bit \(bit)")
          }
        } else {
          throw container.failure("features", Self.refusal(of: name, deviceID))
        }
      } else {
        guard (0..<FeatureNames.count).contains(feature.number) else {
          throw container.failure("features", "there is no bit \(feature.number): 0 to 127")
        }
        bits.insert(feature.number)
      }
    }
    return (bits.sorted().map(VirtioFeature.bit), others)
  }

  /// Why `name` is no feature: it may be one that somebody has proposed without a number.
  private static func refusal(of name: String, _ deviceID: Int) -> String {
    guard let proposal = Proposal.named(name) else {
      return "'\(name)' is no feature of type \(VirtioDevice.typeName(of: deviceID))"
    }
    return """
      '\(name)' is no feature of the standard: it was proposed by \(proposal.origin) (\(proposal.source)), no \
      number has been given to it, and no Linux negotiates it; leave it out, or give the number that the VMM \
      offers
      """
  }

  private static func queues(_ container: StrictContainer) throws -> [Virtqueue] {
    guard let queues = try container.optional([Queue].self, "queues") else { return [] }
    guard queues.count <= VirtioDevice.maximumQueues else {
      throw container.failure("queues", "a device has at most \(VirtioDevice.maximumQueues)")
    }
    for queue in queues where !(1...32_768).contains(queue.size) {
      throw container.failure("queues", "a queue has 1 to 32768 descriptors, not \(queue.size)")
    }
    return queues.enumerated().map { Virtqueue($1.name ?? "queue\($0)", size: $1.size) }
  }
}

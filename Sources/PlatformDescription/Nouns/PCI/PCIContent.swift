/// What stands in the braces of a ``PCIHostBridge`` or a ``PCIBridge``.
///
/// The model keeps it as an object with one key.
public enum PCIContent: Sendable, Hashable {
  /// Addresses that a host hands on.
  case window(Window)
  /// A virtio device.
  case virtioPCI(VirtioPCI)
  /// A function of another kind.
  case pciFunction(PCIFunction)
  /// A virtio-iommu.
  case virtioIOMMU(VirtioIOMMU)
  /// A bridge to another bus.
  case pciBridge(PCIBridge)
}

extension PCIContent: Codable {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case window, virtioPCI, pciFunction, virtioIOMMU, pciBridge
  }

  /// Reads an object with one key.
  ///
  /// - Throws: `DecodingError` where there is another number of keys, or another key.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    guard container.allKeys.count == 1, let key = container.allKeys.first else {
      let keys = CodingKeys.allCases.map(\.rawValue).joined(separator: ", ")
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "expected an object with exactly one of the keys \(keys)"))
    }
    switch key {
    case .window: self = .window(try container.decode(Window.self, forKey: key))
    case .virtioPCI: self = .virtioPCI(try container.decode(VirtioPCI.self, forKey: key))
    case .pciFunction: self = .pciFunction(try container.decode(PCIFunction.self, forKey: key))
    case .virtioIOMMU: self = .virtioIOMMU(try container.decode(VirtioIOMMU.self, forKey: key))
    case .pciBridge: self = .pciBridge(try container.decode(PCIBridge.self, forKey: key))
    }
  }

  /// Writes an object with one key.
  ///
  /// - Throws: what the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .window(let window): try container.encode(window, forKey: .window)
    case .virtioPCI(let noun): try container.encode(noun, forKey: .virtioPCI)
    case .pciFunction(let noun): try container.encode(noun, forKey: .pciFunction)
    case .virtioIOMMU(let noun): try container.encode(noun, forKey: .virtioIOMMU)
    case .pciBridge(let noun): try container.encode(noun, forKey: .pciBridge)
    }
  }
}

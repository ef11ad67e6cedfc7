extension VirtioParameters: Codable {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case network, block, console, scsi, nineP, gpu, socket, sound, fileSystem
  }

  /// Reads an object with one key, the type: `{"block": {…}}`.
  ///
  /// - Throws: `DecodingError` for anything else.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    guard container.allKeys.count == 1, let key = container.allKeys.first else {
      let types = CodingKeys.allCases.map(\.rawValue).joined(separator: ", ")
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "expected an object with exactly one of the keys \(types)"))
    }
    switch key {
    case .network: self = .network(try container.decode(VirtioNetworkParameters.self, forKey: key))
    case .block: self = .block(try container.decode(VirtioBlockParameters.self, forKey: key))
    case .console: self = .console(try container.decode(VirtioConsoleParameters.self, forKey: key))
    case .scsi: self = .scsi(try container.decode(VirtioSCSIParameters.self, forKey: key))
    case .nineP: self = .nineP(try container.decode(VirtioNinePParameters.self, forKey: key))
    case .gpu: self = .gpu(try container.decode(VirtioGPUParameters.self, forKey: key))
    case .socket: self = .socket(try container.decode(VirtioSocketParameters.self, forKey: key))
    case .sound: self = .sound(try container.decode(VirtioSoundParameters.self, forKey: key))
    case .fileSystem:
      self = .fileSystem(try container.decode(VirtioFileSystemParameters.self, forKey: key))
    }
  }

  /// Writes an object with one key.
  ///
  /// - Throws: what the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .network(let parameters): try container.encode(parameters, forKey: .network)
    case .block(let parameters): try container.encode(parameters, forKey: .block)
    case .console(let parameters): try container.encode(parameters, forKey: .console)
    case .scsi(let parameters): try container.encode(parameters, forKey: .scsi)
    case .nineP(let parameters): try container.encode(parameters, forKey: .nineP)
    case .gpu(let parameters): try container.encode(parameters, forKey: .gpu)
    case .socket(let parameters): try container.encode(parameters, forKey: .socket)
    case .sound(let parameters): try container.encode(parameters, forKey: .sound)
    case .fileSystem(let parameters): try container.encode(parameters, forKey: .fileSystem)
    }
  }
}

extension Element: Codable {
  /// The key of an element's object, `{"memory": {…}}`.
  enum CodingKeys: String, CodingKey, CaseIterable {
    case memory, reservedMemory, restrictedDMAPool, cpus, psci, gicv2, gicv3, archTimer, pl011
    case virtioMMIO, bus, chosen, alias, node
    case memoryReservation
  }

  /// The noun, as the model spells it.
  public var noun: String { key.rawValue }

  private var key: CodingKeys {
    switch self {
    case .memory: .memory
    case .memoryReservation: .memoryReservation
    case .reservedMemory: .reservedMemory
    case .restrictedDMAPool: .restrictedDMAPool
    case .cpus: .cpus
    case .psci: .psci
    case .gicv2: .gicv2
    case .gicv3: .gicv3
    case .archTimer: .archTimer
    case .pl011: .pl011
    case .virtioMMIO: .virtioMMIO
    case .bus: .bus
    case .chosen: .chosen
    case .alias: .alias
    case .node: .node
    }
  }

  /// Reads an object with one key, the noun.
  ///
  /// - Throws: `DecodingError` where there is another number of keys, or none of a noun.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    guard container.allKeys.count == 1, let key = container.allKeys.first else {
      let nouns = CodingKeys.allCases.map(\.rawValue).joined(separator: ", ")
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "expected an object with exactly one of the keys \(nouns)"))
    }
    switch key {
    case .memory: self = .memory(try container.decode(Memory.self, forKey: key))
    case .memoryReservation:
      self = .memoryReservation(try container.decode(MemoryReservation.self, forKey: key))
    case .reservedMemory:
      self = .reservedMemory(try container.decode(ReservedMemory.self, forKey: key))
    case .restrictedDMAPool:
      self = .restrictedDMAPool(try container.decode(RestrictedDMAPool.self, forKey: key))
    case .cpus: self = .cpus(try container.decode(CPUs.self, forKey: key))
    case .psci: self = .psci(try container.decode(PSCI.self, forKey: key))
    case .gicv2: self = .gicv2(try container.decode(GICv2.self, forKey: key))
    case .gicv3: self = .gicv3(try container.decode(GICv3.self, forKey: key))
    case .archTimer: self = .archTimer(try container.decode(ArchTimer.self, forKey: key))
    case .pl011: self = .pl011(try container.decode(PL011.self, forKey: key))
    case .virtioMMIO: self = .virtioMMIO(try container.decode(VirtioMMIO.self, forKey: key))
    case .bus: self = .bus(try container.decode(Bus.self, forKey: key))
    case .chosen: self = .chosen(try container.decode(Chosen.self, forKey: key))
    case .alias: self = .alias(try container.decode(Alias.self, forKey: key))
    case .node: self = .node(try container.decode(Node.self, forKey: key))
    }
  }

  /// Writes an object with one key, the noun.
  ///
  /// - Throws: what the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .memory(let noun): try container.encode(noun, forKey: key)
    case .memoryReservation(let noun): try container.encode(noun, forKey: key)
    case .reservedMemory(let noun): try container.encode(noun, forKey: key)
    case .restrictedDMAPool(let noun): try container.encode(noun, forKey: key)
    case .cpus(let noun): try container.encode(noun, forKey: key)
    case .psci(let noun): try container.encode(noun, forKey: key)
    case .gicv2(let noun): try container.encode(noun, forKey: key)
    case .gicv3(let noun): try container.encode(noun, forKey: key)
    case .archTimer(let noun): try container.encode(noun, forKey: key)
    case .pl011(let noun): try container.encode(noun, forKey: key)
    case .virtioMMIO(let noun): try container.encode(noun, forKey: key)
    case .bus(let noun): try container.encode(noun, forKey: key)
    case .chosen(let noun): try container.encode(noun, forKey: key)
    case .alias(let noun): try container.encode(noun, forKey: key)
    case .node(let noun): try container.encode(noun, forKey: key)
    }
  }
}

public import GuestView

/// Where the host has the memory of machines, as a person writes it down.
///
/// `schemas/host-map.schema.json` describes it. Addresses are numbers, or texts such as `"0x80000000"`
/// for what JSON has no number for.
public struct HostMapDocument: Sendable, Hashable {
  /// One machine.
  public struct Machine: Sendable, Hashable {
    /// The file of its tree.
    public var tree: String
    /// What lies behind its memory.
    public var memory: [HostMap.Entry]
  }

  /// What the hypervisor keeps.
  public var hypervisor: [HostMap.Kept]
  /// The machines.
  public var machines: [Machine]
}

extension HostMapDocument: Decodable {
  /// Reads a map, and refuses what it doesn't know.
  ///
  /// - Throws: `DecodingError`, whose description says what is wrong.
  public init(from decoder: any Decoder) throws {
    let container = try StrictContainer(decoder, keys: ["$schema", "hypervisor", "machines"])
    _ = try container.optional(String.self, "$schema")
    hypervisor = try container.optional([Kept].self, "hypervisor")?.map(\.kept) ?? []
    machines = try container.optional([Machine].self, "machines") ?? []
    if machines.isEmpty { throw container.failure("machines", "is missing, or names none") }
  }

  private struct Kept: Decodable {
    let kept: HostMap.Kept

    init(from decoder: any Decoder) throws {
      let container = try StrictContainer(decoder, keys: ["name", "host", "size"])
      let address = try container.address("host")
      guard let range = AddressRange(at: address, size: try container.address("size")) else {
        throw container.failure("size", "has to be more than 0, and to end within 64 bits")
      }
      kept = HostMap.Kept(
        name: try container.text("name") ?? "memory of the hypervisor", host: range)
    }
  }
}

extension HostMapDocument.Machine: Decodable {
  /// Reads what a machine has.
  ///
  /// - Throws: `DecodingError`, whose description says what is wrong.
  public init(from decoder: any Decoder) throws {
    let container = try StrictContainer(decoder, keys: ["tree", "memory"])
    tree = try container.requiredText("tree")
    memory = try container.optional([Entry].self, "memory")?.map(\.entry) ?? []
    if memory.isEmpty { throw container.failure("memory", "is missing, or has nothing in it") }
  }

  private struct Entry: Decodable {
    let entry: HostMap.Entry

    init(from decoder: any Decoder) throws {
      let container = try StrictContainer(decoder, keys: ["guest", "host", "size"])
      guard
        let entry = HostMap.Entry(
          guest: try container.address("guest"), host: try container.address("host"),
          size: try container.address("size"))
      else {
        throw container.failure("size", "has to be more than 0, and to end within 64 bits")
      }
      self.entry = entry
    }
  }
}

extension StrictContainer {
  /// A number of 64 bits: as a number, or as a text in hexadecimal or decimal digits.
  fileprivate func address(_ key: String) throws -> UInt64 {
    if let text = try? optional(String.self, key) {
      let isHexadecimal = text.hasPrefix("0x")
      let digits = text.filter { $0 != "_" }.dropFirst(isHexadecimal ? 2 : 0)
      guard let first = digits.first, first.isHexDigit,
        let address = UInt64(digits, radix: isHexadecimal ? 16 : 10)
      else {
        throw failure(key, "'\(text)' is no address; '0x40000000' is one")
      }
      return address
    }
    guard let address = try? optional(UInt64.self, key) else {
      throw failure(key, "is missing, or no whole number of 64 bits")
    }
    return address
  }
}

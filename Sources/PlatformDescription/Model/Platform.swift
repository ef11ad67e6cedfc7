/// A platform: one or more virtual machines that are described, emitted and judged together.
///
/// A description defines one global of this type, named `platform`.
public struct Platform: Sendable, Hashable {
  /// The name, for messages and for the file of the model.
  public var name: String
  /// The machines, in the order in which they were written.
  public var virtualMachines: [VirtualMachine]
  /// Where it was written.
  public var location: SourceLocation?

  /// A platform of the machines in braces.
  public init(
    _ name: String, file: String = #filePath, line: Int = #line, column: Int = #column,
    @PlatformBuilder _ virtualMachines: () -> [VirtualMachine]
  ) {
    self.name = name
    self.virtualMachines = virtualMachines()
    self.location = SourceLocation(file: file, line: line, column: column)
  }
}

extension Platform: Codable {
  /// The version of the model's JSON that this library reads and writes.
  public static let schemaVersion = 1

  enum CodingKeys: String, CodingKey {
    case schemaVersion, name, virtualMachines, location
  }

  /// Reads a model of version ``schemaVersion``.
  ///
  /// - Throws: `DecodingError` for another version, and for whatever isn't a model.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let version = try container.decode(Int.self, forKey: .schemaVersion)
    guard version == Self.schemaVersion else {
      throw DecodingError.dataCorruptedError(
        forKey: .schemaVersion, in: container,
        debugDescription: "version \(version) is not read here; \(Self.schemaVersion) is")
    }
    name = try container.decode(String.self, forKey: .name)
    virtualMachines = try container.decode([VirtualMachine].self, forKey: .virtualMachines)
    location = try container.decodeIfPresent(SourceLocation.self, forKey: .location)
  }

  /// Writes the model.
  ///
  /// - Throws: what the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(Self.schemaVersion, forKey: .schemaVersion)
    try container.encode(name, forKey: .name)
    try container.encode(virtualMachines, forKey: .virtualMachines)
    try container.encodeIfPresent(location, forKey: .location)
  }
}

extension PlatformFacts: Encodable {
  private enum Key: String, CodingKey {
    case version, platform, machines, memory, regions, shares, parties, iommus, devices, windows
    case interrupts, streams, domains, members
  }

  /// Writes it as `schemas/facts.schema.json` says.
  ///
  /// - Throws: What `encoder` throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(Self.version, forKey: .version)
    try container.encode(platform, forKey: .platform)
    try container.encode(machines, forKey: .machines)
    try container.encode(memory, forKey: .memory)
    try container.encode(regions, forKey: .regions)
    try container.encode(shares, forKey: .shares)
    try container.encode(parties, forKey: .parties)
    try container.encode(iommus, forKey: .iommus)
    try container.encode(devices, forKey: .devices)
    try container.encode(windows, forKey: .windows)
    try container.encode(interrupts, forKey: .interrupts)
    try container.encode(streams, forKey: .streams)
    try container.encode(domains, forKey: .domains)
    try container.encode(members, forKey: .members)
  }
}

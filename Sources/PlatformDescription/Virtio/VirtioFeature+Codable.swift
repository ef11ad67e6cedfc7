extension VirtioFeature: Codable {
  enum CodingKeys: String, CodingKey { case bit, deviceID }

  /// Reads the number of the bit, or `{"bit": 12, "deviceID": 2}` for one of a certain type.
  ///
  /// Whether there is such a bit is for the lowering to say, which knows the line.
  ///
  /// - Throws: `DecodingError` for anything else.
  public init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: CodingKeys.self) {
      bit = try container.decode(Int.self, forKey: .bit)
      deviceID = try container.decode(Int.self, forKey: .deviceID)
    } else {
      bit = try decoder.singleValueContainer().decode(Int.self)
      deviceID = nil
    }
  }

  /// Writes the number of the bit, with the type where it belongs to one.
  ///
  /// - Throws: what the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    guard let deviceID else {
      var container = encoder.singleValueContainer()
      try container.encode(bit)
      return
    }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(bit, forKey: .bit)
    try container.encode(deviceID, forKey: .deviceID)
  }
}

extension VirtioFeature: Codable {
  enum CodingKeys: String, CodingKey { case bit, deviceID }

  /// Reads the number of the bit, or `{"bit": 12, "deviceID": 2}` for one of a certain type.
  ///
  /// - Throws: `DecodingError` for a number outside 0 to 127, and for anything else.
  public init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: CodingKeys.self) {
      bit = try container.decode(Int.self, forKey: .bit)
      deviceID = try container.decode(Int.self, forKey: .deviceID)
    } else {
      bit = try decoder.singleValueContainer().decode(Int.self)
      deviceID = nil
    }
    guard (0..<128).contains(bit) else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath, debugDescription: "\(bit) is no feature bit: 0 to 127"))
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

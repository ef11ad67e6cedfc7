/// What is stated of a pool whose place, or size, or both follow from the rest of the machine.
public struct ComputedPlacement: Sendable, Hashable {
  /// The first guest-physical address; nil for one that follows from what else is in memory.
  public var at: GuestAddress?
  /// The size, in bytes; nil for one that follows from the devices, as beside a stated ``at``.
  public var size: ByteCount?
  /// The guest's pages, on which a computed size depends; nil for 4 KiB, and beside a stated size.
  public var guestPageSize: ByteCount?

  /// A place and a size that follow from the rest, as far as nothing is said of them.
  init(at: GuestAddress? = nil, size: ByteCount? = nil, guestPageSize: ByteCount? = nil) {
    self.at = at
    self.size = size
    self.guestPageSize = guestPageSize
  }
}

extension ComputedPlacement: Codable {
  enum CodingKeys: String, CodingKey { case at, size, guestPageSize }

  /// Reads `{}`, `{"size": …}`, or any of `at` and `guestPageSize`.
  ///
  /// - Throws: `DecodingError` for a size beside an address, which leaves nothing to compute, or beside
  ///   pages, on which it does not depend.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    at = try container.decodeIfPresent(GuestAddress.self, forKey: .at)
    size = try container.decodeIfPresent(ByteCount.self, forKey: .size)
    guestPageSize = try container.decodeIfPresent(ByteCount.self, forKey: .guestPageSize)
    guard size != nil, at != nil || guestPageSize != nil else { return }
    throw DecodingError.dataCorrupted(
      .init(
        codingPath: decoder.codingPath,
        debugDescription: at == nil
          ? "a stated size does not depend on guestPageSize"
          : "expected at or size, not both: with both the placement is static"))
  }
}

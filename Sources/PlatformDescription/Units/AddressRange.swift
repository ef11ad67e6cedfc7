/// A run of guest-physical addresses.
public struct AddressRange: Sendable, Hashable, Codable {
  /// The first address.
  public var at: GuestAddress
  /// The size, in bytes.
  public var size: ByteCount

  /// `size` bytes at `at`.
  public init(at: GuestAddress, size: ByteCount) {
    self.at = at
    self.size = size
  }
}

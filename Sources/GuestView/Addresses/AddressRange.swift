/// A run of guest-physical addresses, never empty.
///
/// The last address is included, so that a range may end at 2⁶⁴.
public struct AddressRange: Sendable, Hashable {
  /// The first address.
  public let first: UInt64
  /// The last address, included.
  public let last: UInt64

  /// `size` bytes from `address`; nil where the size is 0 or the range would pass 2⁶⁴.
  public init?(at address: UInt64, size: UInt64) {
    guard size > 0 else { return nil }
    let (last, overflow) = address.addingReportingOverflow(size - 1)
    guard !overflow else { return nil }
    self.first = address
    self.last = last
  }

  /// From `first` to `last`, both included; nil where they are in the wrong order.
  public init?(from first: UInt64, through last: UInt64) {
    guard first <= last else { return nil }
    self.first = first
    self.last = last
  }

  /// The number of bytes, 1 to 2⁶⁴.
  public var size: UInt128 { UInt128(last) - UInt128(first) + 1 }

  /// Whether `other` lies wholly inside.
  public func contains(_ other: AddressRange) -> Bool {
    first <= other.first && other.last <= last
  }

  /// Whether the two have an address in common.
  public func overlaps(_ other: AddressRange) -> Bool {
    first <= other.last && other.first <= last
  }

  /// What the two have in common.
  public func intersection(_ other: AddressRange) -> AddressRange? {
    AddressRange(from: max(first, other.first), through: min(last, other.last))
  }
}

extension AddressRange: Comparable {
  /// Orders by the first address; of two that start together the longer one comes first.
  public static func < (left: Self, right: Self) -> Bool {
    left.first != right.first ? left.first < right.first : left.last > right.last
  }
}

extension AddressRange: CustomStringConvertible {
  /// `0x5f000000..0x5f7fffff (8 MiB)`.
  public var description: String {
    "\(ByteText.hex(first))..\(ByteText.hex(last)) (\(ByteText.size(size)))"
  }
}

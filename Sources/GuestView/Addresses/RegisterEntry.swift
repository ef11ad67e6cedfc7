public import DeviceTree

/// One (address, size) pair of a `reg`.
public struct RegisterEntry: Sendable {
  /// The property.
  public let property: FlattenedTree.Property
  /// Its position in the property, in pairs from 0.
  public let index: Int
  /// The cells that it takes.
  public let cells: Range<Int>
  /// The cells of the size, the last ones.
  public let sizeCells: Range<Int>
  /// The address on the node's own bus; nil where it needs more than 64 bits.
  public let address: UInt64?
  /// The size, in bytes; nil where it needs more than 64 bits.
  public let size: UInt64?
  /// What the guest will map, or why it can't.
  public let translation: Result<AddressRange, TranslationFailure>

  /// The guest-physical addresses, where there are any.
  public var range: AddressRange? { try? translation.get() }
}

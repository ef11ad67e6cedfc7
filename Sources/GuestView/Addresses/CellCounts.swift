/// How many 32-bit cells the children of a node use for an address and for a size.
///
/// **Source:** Devicetree Specification 0.4, section 2.3.5; Linux `drivers/of/base.c`,
/// `of_bus_n_addr_cells`, which asks the ancestors where a node doesn't say, and takes 1 where none
/// does. (The specification has 2 and 1 there, and no inheritance.)
public struct CellCounts: Sendable, Hashable {
  /// `#address-cells` as the guest takes it.
  public let address: Int
  /// `#size-cells` as the guest takes it.
  public let size: Int

  /// The cells of one address and size together.
  public var entry: Int { address + size }

  /// Whether an address of that many cells can be translated: 1 to 4.
  ///
  /// **Source:** Linux `drivers/of/address.c`, `OF_CHECK_ADDR_COUNT`.
  public var isTranslatable: Bool { (1...4).contains(address) && (1...4).contains(size) }

  /// These counts.
  public init(address: Int, size: Int) {
    self.address = address
    self.size = size
  }

  static let linuxDefault = CellCounts(address: 1, size: 1)
}

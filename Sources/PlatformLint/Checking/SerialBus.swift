import DeviceTree
import GuestView

/// A bus on which devices have numbers instead of addresses, known by the name of its node.
struct SerialBus {
  /// `an I2C bus` or `an SPI bus`.
  let name: String
  /// Whether the numbers are I2C addresses.
  let isI2C: Bool
  /// The cells of an address: one, and none where the bus has a single device as its master.
  let addressCells: Int

  init?(_ node: FlattenedTree.Node) {
    switch Self.kind(of: node) {
    case .i2c:
      (name, isI2C, addressCells) = ("an I2C bus", true, 1)
    case .spi:
      (name, isI2C, addressCells) = ("an SPI bus", false, node.has("spi-slave") ? 0 : 1)
    case nil: return nil
    }
  }

  private enum Kind { case i2c, spi }

  /// The enabled buses, in document order.
  static func all(in view: GuestView) -> [(node: FlattenedTree.Node, bus: SerialBus)] {
    view.tree.nodes(withBaseNames: ["spi", "i2c", "i2c-bus", "i2c-arb"]).compactMap { node in
      guard view.isEnabled(node), let bus = SerialBus(node) else { return nil }
      return (node, bus)
    }
  }

  private static func kind(of node: FlattenedTree.Node) -> Kind? {
    if node.hasBaseName("spi") { return .spi }
    if node.hasBaseName("i2c-bus") || node.hasBaseName("i2c-arb") { return .i2c }
    guard node.hasBaseName("i2c") else { return nil }
    // Some controllers have their devices in a child of this name.
    for child in node.children where child.hasBaseName("i2c-bus") { return nil }
    return .i2c
  }
}

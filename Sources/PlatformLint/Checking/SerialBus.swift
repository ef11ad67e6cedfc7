import DeviceTree

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

  private static func kind(of node: FlattenedTree.Node) -> Kind? {
    let bytes = node.tree.bytes[node.nameByteRange].prefix { $0 != UInt8(ascii: "@") }
    if bytes.elementsEqual("spi".utf8) { return .spi }
    if bytes.elementsEqual("i2c-bus".utf8) || bytes.elementsEqual("i2c-arb".utf8) { return .i2c }
    guard bytes.elementsEqual("i2c".utf8) else { return nil }
    // Some controllers have their devices in a child of this name.
    for child in node.children where child.baseName == "i2c-bus" { return nil }
    return .i2c
  }
}

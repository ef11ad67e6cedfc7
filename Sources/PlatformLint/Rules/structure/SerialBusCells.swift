import DeviceTree
import Diagnostics
import GuestView

/// A device on I2C or SPI has one cell for its address and none for a size.
enum SerialBusCells: Rule {
  static let id = "structure/serial-bus-cells"
  static let severity = Severity.warning
  static let summary = """
    an I2C or SPI bus has other cells than one for an address and none for a size
    """
  static let rationale = """
    The address of a device on such a bus is its number there: an I2C address or a chip select. \
    There is no size. The core of the bus reads the first cell of reg as the number, whatever the \
    cells say.
    """
  static let consequence = "devices on the bus get the wrong number, or are not made"
  static let help = "write #address-cells = <1> and #size-cells = <0>"
  static let exceptions = "Disabled nodes. A bus is known by the name of its node, i2c or spi."
  static let sources = [
    Source.schema("i2c/i2c-controller.yaml"),
    .binding("spi/spi-controller.yaml"),
    .linux("drivers/i2c/i2c-core-of.c", "of_i2c_get_board_info"),
  ]
  static let alsoKnownAs = ["dtc: i2c_bus_bridge"]
  static let silencedBy: [any Rule.Type] = [UnstatedCells.self]
  static let good = [
    Example(
      """
      / {
        i2c@9050000 {
          compatible = "arm,versatile-i2c";
          reg = <0x0 0x9050000 0x0 0x1000>;
          #address-cells = <1>;
          #size-cells = <0>;
          rtc@68 {
            compatible = "dallas,ds1338";
            reg = <0x68>;
          };
        };
      };
      """)
  ]
  static let bad = [
    Example(
      """
      / {
        i2c@9050000 {  // finding
          compatible = "arm,versatile-i2c";
          reg = <0x0 0x9050000 0x0 0x1000>;
          #address-cells = <1>;
          #size-cells = <1>;
          rtc@68 {
            compatible = "dallas,ds1338";
            reg = <0x68 0x1>;
          };
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for (node, bus) in SerialBus.all(in: view) where !node.descendants.isEmpty {
      let cells = view.cells(of: node)
      guard cells.address != bus.addressCells || cells.size != 0 else { continue }
      report(
        "the cells are not those of \(bus.name)", at: .node(node),
        found: "\(cells.address) for an address and \(cells.size) for a size",
        expected: "\(bus.addressCells) and 0")
    }
  }
}

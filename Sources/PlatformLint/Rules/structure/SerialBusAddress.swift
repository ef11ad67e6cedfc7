import DeviceTree
import Diagnostics
import GuestView

/// A device on I2C or SPI says its number in `reg` and in its name.
enum SerialBusAddress: Rule {
  static let id = "structure/serial-bus-address"
  static let severity = Severity.warning
  static let summary = """
    the number of a device on I2C or SPI is missing, impossible, or not that of its name
    """
  static let rationale = """
    The first cell of reg is the I2C address, of seven bits unless a flag says ten, or the chip \
    select. Without it no device is made, and one with an address that the bus can not have is \
    refused.
    """
  static let consequence = """
    the device is not made, or answers under another number than its name says
    """
  static let help = "write the number in reg and behind @ in the name"
  static let exceptions = "Disabled nodes, and children without compatible."
  static let sources = [
    Source.schema("i2c/i2c-controller.yaml"),
    .linux("drivers/i2c/i2c-core-of.c", "of_i2c_get_board_info"),
    .linux("drivers/spi/spi.c", "of_spi_parse_dt"),
  ]
  static let alsoKnownAs = ["dtc: i2c_bus_reg"]
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
        i2c@9050000 {
          compatible = "arm,versatile-i2c";
          reg = <0x0 0x9050000 0x0 0x1000>;
          #address-cells = <1>;
          #size-cells = <0>;
          rtc@68 {  // finding
            compatible = "dallas,ds1338";
            reg = <0x69>;
          };
        };
      };
      """)
  ]

  private static let tenBit: UInt32 = 1 << 31
  private static let ownAddress: UInt32 = 1 << 30

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for (node, bus) in SerialBus.all(in: view) where bus.addressCells == 1 {
      for child in node.children where view.isEnabled(child) {
        check(child, on: bus, &report)
      }
    }
  }

  private static func check(
    _ node: FlattenedTree.Node, on bus: SerialBus, _ report: inout Reporter
  ) {
    // A node without a compatible is no device: the bus core passes it over.
    guard let cell = node.property("reg")?.cell(0), let reg = node.property("reg") else {
      guard node.has("compatible") else { return }
      report("the device has no number on the bus", at: .node(node), expected: "reg")
      return
    }
    let number = bus.isI2C ? cell & ~ownAddress : cell
    if bus.isI2C {
      let address = number & ~tenBit
      let most: UInt32 = number & tenBit == 0 ? 0x7f : 0x3ff
      if address > most {
        report(
          "no device of an I2C bus can have this address", at: .property(reg),
          found: ByteText.hex(address), expected: "at most \(ByteText.hex(most))")
        return
      }
    }
    let expected = String(number, radix: 16)
    if let unit = node.unitAddress, !UnitAddress.isSame(unit, expected) {
      report(
        "the unit address is not the number in reg", at: .node(node), found: "@\(unit)",
        expected: "@\(expected)", related: [Party("has another number", at: .property(reg))])
    }
  }
}

import DeviceTree
import Diagnostics
import GuestView

/// A unit address is a hexadecimal number without `0x` and without zeros in front.
enum UnitAddressFormat: Rule {
  static let id = "structure/unit-address-format"
  static let severity = Severity.warning
  static let summary = "a unit address starts with 0x or with a zero"
  static let rationale = """
    A node is found by its exact name. One that writes the same address in another way is missed by \
    everybody who writes it as it should be.
    """
  static let consequence = "a look-up of the node by its path fails"
  static let help = """
    write the address in lower case hexadecimal without 0x and without leading zeros
    """
  static let exceptions = """
    Disabled nodes, and zeros in front on buses whose addresses are no memory addresses.
    """
  static let sources = [
    Source.devicetree("2.2.1.1")
  ]
  static let alsoKnownAs = ["dtc: unit_address_format"]
  static let good = [
    Example(
      """
      / {
        rtc@9010000 {
          compatible = "google,goldfish-rtc";
          reg = <0x0 0x9010000 0x0 0x1000>;
        };
      };

      """)
  ]
  static let bad = [
    Example(
      """
      / {
        rtc@0x9010000 {  // finding
          compatible = "google,goldfish-rtc";
          reg = <0x0 0x9010000 0x0 0x1000>;
        };
      };

      """),
    Example(
      """
      / {
        rtc@09010000 {  // finding
          compatible = "google,goldfish-rtc";
          reg = <0x0 0x9010000 0x0 0x1000>;
        };
      };

      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for index in UnitAddress.positions(in: view) {
      // Those that start with another digit are what most addresses are.
      guard let range = view.tree.unitAddressByteRange(ofNodeAt: index),
        view.tree.bytes[range.lowerBound] == UInt8(ascii: "0")
      else { continue }
      let node = view.tree.nodes[index]
      guard let unit = node.unitAddress else { continue }
      if unit.hasPrefix("0x") || unit.hasPrefix("0X") {
        report("the unit address starts with 0x", at: .node(node), found: "@\(unit)")
      } else if unit.first == "0", let second = unit.dropFirst().first, second.isHexDigit,
        UnitAddress.isOnMemoryBus(node, view)
      {
        report("the unit address has a zero in front", at: .node(node), found: "@\(unit)")
      }
    }
  }
}

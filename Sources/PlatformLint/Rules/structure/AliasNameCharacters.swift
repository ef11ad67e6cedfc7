import DeviceTree
import Diagnostics
import GuestView

/// The name of an alias is made of small letters, digits and hyphens.
enum AliasNameCharacters: Rule {
  static let id = "structure/alias-name-characters"
  static let severity = Severity.note
  static let summary = "the name of an alias holds other characters than a-z, 0-9 and -"
  static let rationale = """
    The specification keeps the names of aliases to small letters, digits and hyphens. Linux takes \
    the digits at the end for the number, and compares the rest with what a driver asks for.
    """
  static let consequence = "a driver that asks for the name in its usual spelling does not find it"
  static let help = "write the alias in small letters, digits and hyphens"
  static let sources = [
    Source.devicetree("3.3"),
    .linux("drivers/of/base.c", "of_alias_scan"),
  ]
  static let alsoKnownAs = ["dtc: alias_paths"]
  static let good = [
    Example(
      """
      / {
        aliases {
          rtc-main0 = "/serial@9000000";
        };
      };

      """)
  ]
  static let bad = [
    Example(
      """
      / {
        aliases {
          Serial0 = "/serial@9000000";  // finding
        };
      };

      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let aliases = view.tree.root.child("aliases") else { return }
    for property in aliases.properties where !property.isNamed("linux,phandle") {
      let name = property.name
      guard let byte = name.utf8.first(where: { !isUsual($0) }) else { continue }
      report(
        "the name of the alias holds \(NameCharacters.text(of: byte))", at: .property(property),
        found: name, expected: "a-z, 0-9 and -")
    }
  }

  private static func isUsual(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

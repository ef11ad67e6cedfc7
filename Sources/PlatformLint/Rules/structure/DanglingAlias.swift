import DeviceTree
import Diagnostics
import GuestView

/// An alias is the path of a node.
enum DanglingAlias: Rule {
  static let id = "structure/dangling-alias"
  static let severity = Severity.warning
  static let summary = "an alias names no node"
  static let rationale = """
    Aliases number devices: serial0 becomes ttyS0, ethernet0 the first interface. One that names no \
    node numbers nothing, and the number goes to another device.
    """
  static let consequence = "the device gets whatever number is free"
  static let help = "correct the path, or remove the alias"
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
          serial0 = "/serial@9000000";
        };
      };

      """)
  ]
  static let bad = [
    Example(
      """
      / {
        aliases {
          serial0 = "/serial@9001000";  // finding
        };
      };

      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let aliases = view.tree.root.child("aliases") else { return }
    for property in aliases.properties where !isOrdinary(property) {
      guard let path = property.string else {
        report(
          "the alias is not a path", at: .property(property), found: "\(property.count) bytes",
          expected: "a path")
        continue
      }
      guard view.tree.node(at: path) == nil else { continue }
      report(
        "the alias names no node", at: .property(property), found: "\"\(path)\"",
        expected: "the path of a node")
    }
  }

  /// What may stand in any node and is no alias.
  private static func isOrdinary(_ property: FlattenedTree.Property) -> Bool {
    property.isNamed("name") || property.isNamed("phandle") || property.isNamed("linux,phandle")
  }
}

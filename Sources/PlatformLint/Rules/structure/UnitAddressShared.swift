import DeviceTree
import Diagnostics
import GuestView

/// Siblings have different unit addresses.
enum UnitAddressShared: Rule {
  static let id = "structure/unit-address-shared"
  static let severity = Severity.warning
  static let summary = "two enabled nodes of one parent have the same unit address"
  static let rationale = """
    Two devices can not be at one address of a bus. Where both nodes are meant, one describes a \
    part of the other and belongs into it, or one should be disabled.
    """
  static let consequence = "both drivers want the same registers, and the second one is refused"
  static let help = "correct the address, or disable one of the nodes"
  static let exceptions = """
    Disabled nodes, system controllers (syscon, simple-mfd), and nodes whose addresses are those of \
    memory: of those the windows are compared.
    """
  static let sources = [
    Source.devicetree("2.2.1"),
    .linux("kernel/resource.c", "__request_region"),
  ]
  static let alsoKnownAs = ["dtc: unique_unit_address"]
  static let silencedBy: [any Rule.Type] = [
    DuplicateNodeName.self
  ]
  static let good = [
    Example(
      """
      / {
        rtc@9010000 {
          compatible = "google,goldfish-rtc";
          reg = <0x0 0x9010000 0x0 0x1000>;
        };
        timer@9010000 {
          compatible = "arm,sp804", "arm,primecell";
          reg = <0x0 0x9010000 0x0 0x1000>;
          status = "disabled";
        };
      };

      """)
  ]
  static let bad = [
    Example(
      """
      / {
        fan-controller {
          compatible = "example,fans";
          #address-cells = <1>;
          #size-cells = <0>;
          fan@1 {
            reg = <1>;
          };
          blower@1 {  // finding
            reg = <1>;
          };
        };
      };

      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let reserved = view.reservedMemory?.node
    let parents = view.tree.parentsOfEqualChildren { index in
      UnitAddress.exists(inNodeAt: index, of: view.tree) && view.isEnabled(nodeAt: index)
        ? view.tree.unitAddressByteRange(ofNodeAt: index) : nil
    }
    for index in parents {
      let parent = view.tree.nodes[index]
      guard view.isEnabled(parent), parent != reserved else { continue }
      // Looked up by address, never walked.
      var first: [String: FlattenedTree.Node] = [:]
      for child in parent.children where UnitAddress.exists(in: child) && view.isEnabled(child) {
        guard let unit = child.unitAddress, !UnitAddress.isOnMemoryBus(child, view),
          !isExpected(child)
        else { continue }
        guard let other = first[unit] else {
          first[unit] = child
          continue
        }
        report(
          "a sibling has the same unit address", at: .node(child), found: "@\(unit)",
          related: [Party("has the same unit address", at: .node(other))])
      }
    }
  }

  /// Parts of one system controller stand at one address on purpose.
  private static func isExpected(_ node: FlattenedTree.Node) -> Bool {
    node.isCompatible("syscon") || node.isCompatible("simple-mfd")
  }
}

import DeviceTree
import Diagnostics
import GuestView

/// Siblings need different names.
enum DuplicateNodeName: Rule {
  static let id = "structure/duplicate-node-name"
  static let severity = Severity.error
  static let summary = "two nodes of one parent have the same name"
  static let rationale = """
    A path names one node. Whoever looks for it finds the first one, and a reserved region is looked \
    up by its name even where a phandle leads to it.
    """
  static let consequence = "the second node is not found by its path, or stands for the first one"
  static let logLine: String? = "Duplicate name in …, renamed to"
  static let help = "give the nodes different names or unit addresses"
  static let sources = [
    Source.devicetree("2.2.1"), .linux("drivers/of/kobj.c", "safe_name"),
    .linux("drivers/of/of_reserved_mem.c", "of_reserved_mem_lookup"),
  ]
  static let alsoKnownAs = ["dtc: duplicate_node_names"]
  static let good = [
    Example(
      in: .none,
      """
      / {
        #address-cells = <1>;
        #size-cells = <1>;
        cpus {
          #address-cells = <1>;
          #size-cells = <0>;
          cpu@0 {
            device_type = "cpu";
            reg = <0>;
          };
        };
        memory@40000000 {
          device_type = "memory";
          reg = <0x40000000 0x10000000>;
        };
        memory@60000000 {
          device_type = "memory";
          reg = <0x60000000 0x10000000>;
        };
      };
      """)
  ]
  static let bad = [
    Example(
      in: .none,
      """
      / {
        #address-cells = <1>;
        #size-cells = <1>;
        memory@40000000 {
          device_type = "memory";
          reg = <0x40000000 0x10000000>;
        };
        clock {
          compatible = "fixed-clock";
          #clock-cells = <0>;
          clock-frequency = <24000000>;
        };
        clock {  // finding
          compatible = "fixed-clock";
          #clock-cells = <0>;
          clock-frequency = <24000000>;
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let tree = view.tree
    for parent in tree.parentsOfEqualChildren(tree.nameByteRange(ofNodeAt:)) {
      var first: [String: FlattenedTree.Node] = [:]
      for child in tree.nodes[parent].children {
        // Looked up by name, never walked.
        if let other = first.updateValue(child, forKey: child.name) {
          first[child.name] = other
          report(
            "a sibling has the same name", at: .node(child),
            related: [Party("has the same name", at: .node(other))])
        }
      }
    }
  }
}

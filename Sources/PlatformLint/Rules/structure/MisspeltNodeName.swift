import DeviceTree
import Diagnostics
import GuestView

/// A node that Linux looks for by its path has its exact name.
enum MisspeltNodeName: Rule {
  static let id = "structure/misspelt-node-name"
  static let severity = Severity.error
  static let summary = "the name of a child of the root is nearly one that Linux looks for"
  static let rationale = """
    Linux finds /chosen, /cpus, /reserved-memory and /aliases by their paths. One of them that \
    is misspelt is not there: no command line and no initial RAM disk, no CPU, no region that is \
    kept from the allocator.
    """
  static let consequence = "nothing in the node is read, and the kernel misses the CPUs alone"
  static let logExample: String? = "Failed to find device node for boot cpu"
  static let help = "write the name as the specification has it"
  static let exceptions = """
    Nodes with a compatible, and trees that have the node under its right name too. A warning \
    for aliases.
    """
  static let sources = [
    Source.devicetree("3.1"),
    .linux("drivers/of/fdt.c", "early_init_dt_scan_chosen", "early_init_fdt_scan_reserved_mem"),
    .linux("drivers/of/cpu.c", "of_get_next_cpu_node"),
    .observed("cpu for cpus: missing boot CPU MPIDR, not enabling secondaries"),
  ]
  static let good = [
    Example(
      """
      &chosen {
        bootargs = "quiet";
      };
      """)
  ]
  static let bad = [
    Example(
      """
      / {
        /delete-node/ chosen;
        choosen {  // finding
          bootargs = "quiet";
        };
      };
      """),
    Example(
      """
      / {
        /delete-node/ cpus;
        cpu {  // finding
          #address-cells = <1>;
          #size-cells = <0>;

          cpu@0 {
            device_type = "cpu";
            compatible = "arm,cortex-a57";
            reg = <0>;
            enable-method = "psci";
          };
        };
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard !view.isOverlay else { return }
    for (node, meant) in all(in: view.tree) {
      report(
        "nothing looks for a node of this name; did you mean \(meant)", at: .node(node),
        found: node.name, expected: meant, severity: meant == "aliases" ? .warning : nil)
    }
  }

  private static let words = WordList(
    ["aliases", "chosen", "cpus", "reserved-memory"], edits: 1)

  /// The children of the root that are meant to have another name, and that name.
  static func all(in tree: FlattenedTree) -> [(node: FlattenedTree.Node, meant: String)] {
    tree.root.children.compactMap { node in
      // A device has a compatible, and none of these has.
      guard !node.has("compatible") else { return nil }
      let name = tree.bytes[node.baseNameByteRange].map { byte in
        byte == UInt8(ascii: "_")
          ? UInt8(ascii: "-")
          : (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
      }
      let meant = words.near(name.span) ?? words.word(equalTo: name)
      guard let meant, !node.isNamed(meant), tree.root.child(meant) == nil else { return nil }
      return (node, meant)
    }
  }
}

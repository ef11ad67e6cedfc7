import DeviceTree
import Diagnostics
import GuestView

/// `stdout-path` must name a node.
enum StdoutMissing: Rule {
  static let id = "guest/stdout-missing"
  static let severity = Severity.warning
  static let summary = "stdout-path names no enabled node"
  static let rationale = """
    The guest takes its console from stdout-path: a full path or an alias, up to a colon behind \
    which options may stand. Where nothing is found it boots without a word on the serial port.
    """
  static let consequence = "there is no early console, and no console but one of the command line"
  static let logLine: String? = "earlycon: stdout-path … not found"
  static let help = "name the console by its full path, or by an alias that exists"
  static let sources = [
    Source.linux("drivers/of/fdt.c", "early_init_dt_scan_chosen_stdout"),
    .linux("drivers/of/base.c", "of_find_node_opts_by_path"), .devicetree("3.6"),
  ]
  static let good = [
    Example(
      """
      / {
        aliases {
          serial0 = "/serial@9000000";
        };
      };
      &chosen {
        stdout-path = "serial0:115200n8";
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &chosen {
        stdout-path = "/serial@9000001";  // finding
      };
      """),
    Example(
      """
      &chosen {
        stdout-path = "serial7:115200n8";  // finding
      };
      """),
    Example(
      """
      &chosen {
        stdout-path = "/serial@9000000";  // finding
      };
      &serial {
        status = "disabled";
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let chosen = view.tree.root.child("chosen"),
      let property = chosen.property("stdout-path") ?? chosen.property("linux,stdout-path"),
      let text = property.string
    else { return }
    let path = String(text.prefix { $0 != ":" })
    guard let node = node(at: path, in: view) else {
      report(
        "stdout-path names no node", at: .property(property), found: "\"\(text)\"",
        expected: "the path or alias of a serial port")
      return
    }
    guard !view.isEnabled(node) else { return }
    report(
      "stdout-path names \(node.name), which is disabled", at: .property(property),
      expected: "an enabled node", related: [Party("is disabled", at: .node(node))])
  }

  private static func node(at path: String, in view: GuestView) -> FlattenedTree.Node? {
    if path.hasPrefix("/") { return view.tree.node(at: path) }
    // What stands in front of the first slash is the alias, and the rest goes on from there.
    let name = String(path.prefix { $0 != "/" })
    guard let alias = view.tree.root.child("aliases")?.property(name)?.string else { return nil }
    return view.tree.node(at: alias + path.dropFirst(name.count))
  }
}

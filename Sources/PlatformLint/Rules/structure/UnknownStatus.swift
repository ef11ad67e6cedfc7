import DeviceTree
import Diagnostics
import GuestView

/// `status` is one of the words that have a meaning.
enum UnknownStatus: Rule {
  static let id = "structure/unknown-status"
  static let severity = Severity.error
  static let summary = "the status of a node is none that has a meaning"
  static let rationale = """
    Linux uses a node whose status is okay or ok, or that has none. Every other word disables it, \
    which is what disabled, reserved and fail mean, and not what enabled or okey were meant to. So does \
    a status without a value.
    """
  static let consequence = "the node is disabled, without a word"
  static let help = "write okay or disabled"
  static let exceptions = """
    A warning for what is nearly disabled, which was meant, and for nodes of which Linux would make no \
    device by itself.
    """
  static let sources = [
    Source.devicetree("2.3.4"),
    .linux("drivers/of/base.c", "__of_device_is_status"),
  ]
  static let good = [
    Example(
      """
      &clock {
        status = "okay";
      };

      """)
  ]
  static let bad = [
    Example(
      """
      / {
        rtc@9010000 {
          compatible = "google,goldfish-rtc";
          reg = <0x0 0x9010000 0x0 0x1000>;
          status = "enabled";  // finding
        };
      };

      """),
    Example(
      """
      / {
        rtc@9010000 {
          compatible = "google,goldfish-rtc";
          reg = <0x0 0x9010000 0x0 0x1000>;
          status;  // finding
        };
      };

      """),
  ]

  private static let known = ["okay", "ok", "disabled", "reserved", "fail"]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for property in view.properties(named: "status")
    where !known.contains(where: property.isString) {
      guard !view.isBookkeeping(property.node), property.count == 0 || property.string != nil else {
        continue
      }
      let text = property.string ?? ""
      guard !text.hasPrefix("fail-") else { continue }
      report(
        property.count == 0
          ? "a status without a value disables the node" : "the kernel does not know this status",
        at: .property(property), found: property.count == 0 ? "no value" : "\"\(text)\"",
        expected: "\"okay\" or \"disabled\"",
        severity: isLost(property.node, text, view) ? nil : .warning)
    }
  }

  /// Whether a device that was meant to be there is not.
  private static func isLost(
    _ node: FlattenedTree.Node, _ text: String, _ view: GuestView
  ) -> Bool {
    if Spelling.isNear(text.lowercased(), "disabled", edits: 2) { return false }
    guard node.has("compatible"), let parent = node.parent else { return false }
    return view.isInstantiated(parent)
  }
}

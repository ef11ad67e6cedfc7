import DeviceTree
import Diagnostics
import GuestView

/// `status` is one of the words that have a meaning.
enum UnknownStatus: Rule {
  static let id = "structure/unknown-status"
  static let severity = Severity.warning
  static let summary = "the status of a node is none that has a meaning"
  static let rationale = """
    Linux uses a node whose status is okay or ok, or that has none. Every other word disables it, \
    which is what disabled, reserved and fail mean, and not what enabled or okey were meant to.
    """
  static let consequence = "the node is disabled, without a word"
  static let help = "write okay or disabled"
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

      """)
  ]

  private static let known = ["okay", "ok", "disabled", "reserved", "fail"]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for property in view.properties(named: "status")
    where !known.contains(where: property.isString) {
      guard !view.isBookkeeping(property.node), let text = property.string,
        !text.hasPrefix("fail-")
      else { continue }
      report(
        "the kernel does not know this status", at: .property(property), found: "\"\(text)\"",
        expected: "\"okay\" or \"disabled\"")
    }
  }
}

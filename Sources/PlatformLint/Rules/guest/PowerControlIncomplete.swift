import DeviceTree
import Diagnostics
import GuestView

/// What `syscon-poweroff` and `syscon-reboot` write has to be said.
enum PowerControlIncomplete: Rule {
  static let id = "guest/power-control-incomplete"
  static let severity = Severity.warning
  static let summary = "a syscon-poweroff or syscon-reboot does not say what to write where"
  static let rationale = """
    The guest ends or restarts with one write: to a register at offset of the device that regmap \
    names, or that the node stands in, of value under mask. Without the place, or without both the \
    value and the mask, the driver gives up.
    """
  static let consequence = "the guest halts where it should power off or restart, and the VMM waits"
  static let logLine: String? = "unable to read"
  static let help = "write regmap, offset and value, as the VMM's device has them"
  static let exceptions = """
    A guest that has PSCI, or SBI's system reset, needs neither node; a wrong one is told of all the \
    same. syscon-reboot takes reg for offset.
    """
  static let sources = [
    Source.linux("drivers/power/reset/syscon-poweroff.c", "syscon_poweroff_probe"),
    .linux("drivers/power/reset/syscon-reboot.c", "syscon_reboot_probe"),
    .binding("power/reset/syscon-poweroff.yaml"),
  ]
  static let silencedBy: [any Rule.Type] = [MisspeltProperty.self]
  static let good = [Example(example("  offset = <0x0>;\n  mask = <0x5555>;", isBad: false))]
  static let bad = [
    Example(example("  value = <0x5555>;", isBad: true)),
    Example(example("  offset = <0x0>;", isBad: true)),
  ]

  private static func example(_ properties: String, isBad: Bool) -> String {
    """
    / {
      test: test@a100000 {
        compatible = "syscon";
        reg = <0x0 0xa100000 0x0 0x1000>;
      };
      poweroff {\(isBad ? "  // finding" : "")
        compatible = "syscon-poweroff";
        regmap = <&test>;
      \(properties)
      };
    };
    """
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for node in view.nodes(compatibleWithAny: ["syscon-poweroff", "syscon-reboot"])
    where view.isInstantiated(node) {
      let isReboot = node.property("compatible")?.listsCompatible("syscon-reboot") == true
      if node.property("offset")?.cell(0) == nil,
        !isReboot || node.property("reg")?.cell(0) == nil
      {
        report(
          "the node does not say which register to write", at: .node(node), expected: "offset")
      } else if node.property("value")?.cell(0) == nil, node.property("mask")?.cell(0) == nil {
        report("the node does not say what to write", at: .node(node), expected: "value")
      }
    }
  }
}

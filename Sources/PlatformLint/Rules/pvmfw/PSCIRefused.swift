import DeviceTree
import Diagnostics
import GuestView

/// pvmfw wants PSCI by HVC.
enum PSCIRefused: TargetRule {
  static let id = "pvmfw/psci-refused"
  static let profile: TargetName? = .pvmfw
  static let severity = Severity.error
  static let summary = "there is no PSCI as pvmfw takes it"
  static let rationale = """
    The firmware looks for a node that is compatible with arm,psci-0.2, or else with arm,psci-1.0, and wants its method \
    to be hvc. An older pvmfw doesn't look, since its own tree has PSCI.
    """
  static let consequence = "pvmfw reboots with PVM_FIRMWARE_INVALID_FDT, and the guest never starts"
  static let logLine: String? = "PSCI info missing from DT"
  static let help = "describe PSCI as crosvm does, with method hvc"
  static let sources = [Source.pvmfw("src/fdt.rs", "read_psci", "parse_device_tree")]
  static let good = [
    Example(in: .protected, "/ {\n  psci {\n    compatible = \"arm,psci-0.2\";\n  };\n};")
  ]
  static let bad = [
    Example(
      in: .protected,
      "/ {\n  psci {\n    compatible = \"arm,psci\";  // finding\n    cpu_on = <0x84000003>;\n  };\n};"
    ),
    Example(
      in: .protected, "/ {\n  psci {\n    method = \"smc\";  // finding\n  };\n};"),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let pvmfw = PVMFW(view)
    guard
      let node = pvmfw.nodes("arm,psci-0.2").first ?? pvmfw.nodes("arm,psci-1.0").first
    else {
      let other = view.nodes(compatibleWith: "arm,psci").first
      report(
        "pvmfw finds no PSCI",
        at: other?.property("compatible").map(Spot.property) ?? .node(view.tree.root),
        expected: "a node compatible with arm,psci-0.2 or arm,psci-1.0")
      return
    }
    let method = node.property("method")
    if !(method?.isString("hvc") ?? false) {
      report(
        "pvmfw calls its hypervisor, and no firmware", at: method.map(Spot.property) ?? .node(node),
        found: method?.string, expected: "hvc",
        log: .line(
          "Failed to read PSCI info from DT: "
            + (method == nil ? PVMFW.notFound : "Unexpected property value")))
    }
  }
}

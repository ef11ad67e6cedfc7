import DeviceTree
import Diagnostics
import GuestView

/// pvmfw passes properties of /avf/untrusted on, but not any.
enum UntrustedForbidden: TargetRule {
  static let id = "pvmfw/untrusted-forbidden"
  static let profile: TargetName? = .pvmfw
  static let severity = Severity.error
  static let summary = "/avf/untrusted has a property that pvmfw forbids, or a child"
  static let rationale = """
    What the host writes into /avf/untrusted, pvmfw hands to the guest unread. With compatible, or with a phandle, \
    that could pass for a device, so both are forbidden. Children are dropped.
    """
  static let consequence = "pvmfw reboots with PVM_FIRMWARE_INVALID_FDT, and the guest never starts"
  static let help = "take the property out"
  static let exceptions = "A child is a warning: pvmfw drops it, and the guest starts."
  static let sources = [
    Source.pvmfw("src/fdt.rs", "parse_untrusted_props", "validate_untrusted_props")
  ]
  static let good = [
    Example(
      in: .protected, "/ {\n  avf {\n    untrusted {\n      instance-id = <1>;\n    };\n  };\n};")
  ]
  static let bad = [
    Example(
      in: .protected,
      "/ {\n  avf {\n    untrusted {\n      compatible = \"example,device\";  // finding\n    };\n  };\n};"
    )
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let pvmfw = PVMFW(view)
    guard let avf = pvmfw.child("avf", of: view.tree.root),
      let node = pvmfw.child("untrusted", of: avf)
    else { return }
    for name in ["compatible", "linux,phandle", "phandle"] {
      guard let property = node.property(name) else { continue }
      report(
        "\(name) is forbidden here", at: .property(property),
        log: .line(
          "Failed to validate untrusted properties: Forbidden /avf/untrusted property '\"\(name)\"'"
        ))
    }
    if let child = node.children.first(where: { _ in true }) {
      report(
        "pvmfw drops children here", at: .node(child), severity: .warning,
        log: .line("Discarding unexpected /avf/untrusted subnodes."))
    }
  }
}

import DeviceTree
import Diagnostics
import GuestView

/// The resource manager wants a name for the guest.
enum ImageNameMissing: TargetRule {
  static let id = "gunyah/image-name-missing"
  static let profile: TargetName? = .gunyah
  static let severity = Severity.error
  static let summary = "/gunyah-vm-config has no image-name"
  static let rationale = """
    The resource manager calls a guest by the first string of image-name, in /gunyah-vm-config or /qcom,vm-config, and \
    refuses a configuration without it.
    """
  static let consequence =
    "the resource manager refuses the guest, and the VMM is told no more than ENODEV"
  static let logLine: String? = "Error: image name missing or too long"
  static let help = "write image-name = \"crosvm-vm\", as crosvm does"
  static let exceptions = "Trees without a configuration, to which the VMM adds one."
  static let sources = [
    Source.gunyah("src/vm_config/vm_config_parser.c", "get_vendor_and_vm_name")
  ]
  static let good = [
    Example(
      in: .protected,
      """
      / {
        gunyah-vm-config {
          image-name = "crosvm-vm";
          os-type = "linux";
        };
      };
      """)
  ]
  static let bad = [
    Example(
      in: .protected, "/ {\n  gunyah-vm-config {  // finding\n    os-type = \"linux\";\n  };\n};"),
    Example(
      in: .protected, "/ {\n  gunyah-vm-config {\n    image-name = <1>;  // finding\n  };\n};"),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let node = GunyahConfig.node(in: view) else { return }
    let property = node.property("image-name")
    let name = property?.strings?.first
    if let name, !name.isEmpty { return }
    report(
      property == nil ? "there is no image-name" : "image-name is no text",
      at: property.map(Spot.property) ?? .node(node), expected: "a text")
  }
}

import DeviceTree
import Diagnostics
import GuestView

/// A node of another name is another node.
enum CrosvmNodeDoubled: TargetRule {
  static let id = "crosvm/node-doubled"
  static let profile: TargetName? = .crosvm
  static let severity = Severity.error
  static let summary =
    "an overlay adds a second node beside one of crosvm's that has no address in its name"
  static let rationale = """
    Children are merged by their whole names. crosvm calls its nodes memory, intc and pci, so that memory@80000000 of \
    an overlay is a second one.
    """
  static let consequence =
    "the guest has the node twice, as the VMM wrote it and as the overlay has it"
  static let help = "leave the address out of the name"
  static let sources = [
    Source.crosvm("cros_fdt/src/overlay.rs", "overlay_node_pair"),
    .crosvm("aarch64/src/fdt.rs", "create_pci_nodes"),
    .crosvm("arch/src/fdt.rs", "create_memory_node"),
  ]
  static let good = [addition("pci", "dma-coherent;")]
  static let bad = [addition("pci@10000", "reg = <0x0 0x10000 0x0 0x1000000>;", "  // finding")]

  private static func addition(
    _ name: String, _ property: String, _ marker: String = ""
  ) -> Example {
    OverlayExamples.fragment(
      "target-path = \"/\";",
      body: """
        \(name) {\(marker)
                \(property)
              };
        """)
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let overlay = CrosvmOverlay(view) else { return }
    for (fragment, target) in overlay.fragments {
      guard case .path("/", _) = target else { continue }
      for node in fragment.overlay.children where !Crosvm.hasNode(node.name) {
        guard let name = Crosvm.nodes.first(where: { node.hasBaseName($0) }) else { continue }
        report(
          "crosvm's node has another name", at: .node(node), found: node.name, expected: name)
      }
    }
  }
}

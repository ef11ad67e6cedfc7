import DeviceTree
import Diagnostics
import GuestView

/// A path leads to a node of crosvm's tree by the name that it has there.
enum CrosvmTargetUnknown: TargetRule {
  static let id = "crosvm/target-unknown"
  static let profile: TargetName? = .crosvm
  static let severity = Severity.error
  static let summary = "an overlay changes a node that crosvm's tree doesn't have"
  static let rationale = """
    A path is compared with the names of nodes as they are. Most of crosvm's have no address: /memory, /intc, \
    /pci. /reserved-memory is there with --swiotlb alone.
    """
  static let consequence = "crosvm doesn't start the guest"
  static let logExample: String? =
    "Error applying device tree overlay: cannot find node in base FDT for target-path /soc"
  static let help =
    "write the path as crosvm's tree has it (--dump-device-tree-blob), or start at / and add what is below"
  static let exceptions = """
    Nodes that a fragment in front adds, in the same overlay or in one in front of it: overlays of one run that are \
    named one by one, or with --base, are taken to be laid in this order. Each of those that a directory or a pattern \
    stands for is judged as if it were the only one. What is below the children of the root isn't compared.
    """
  static let sources = [
    Source.crosvm("cros_fdt/src/overlay.rs", "overlay_fragment"),
    .crosvm("aarch64/src/fdt.rs", "create_fdt"),
  ]
  static let good = [
    OverlayExamples.fragment("target-path = \"/pci\";"),
    OverlayExamples.fragment("target-path = \"/\";"),
  ]
  static let bad = [
    OverlayExamples.fragment("target-path = \"/soc\";  // finding"),
    OverlayExamples.fragment("target-path = \"/pci@10000\";  // finding"),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let overlay = CrosvmOverlay(view) else { return }
    var added = overlay.nodes
    for (fragment, target) in overlay.fragments {
      defer { added.formUnion(CrosvmOverlay.added(by: fragment, at: target)) }
      guard case .path(let path, let property) = target, path.hasPrefix("/"),
        let first = path.split(separator: "/").first, !Crosvm.hasNode(first),
        !added.contains(String(first))
      else { continue }
      let base = first.prefix { $0 != "@" }
      report(
        "crosvm's tree has no such node", at: .property(property), found: path,
        expected: Crosvm.hasNode(base) ? "/\(base)" : "a path that starts with a node of crosvm's",
        log: .line(
          "Error applying device tree overlay: cannot find node in base FDT for target-path \(path)"
        ))
    }
  }
}

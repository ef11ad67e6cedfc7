import DeviceTree
import GuestView

/// An overlay as crosvm applies it: one fragment after another, each at the path of its target.
///
/// **Source:** crosvm `cros_fdt/src/overlay.rs`, `apply_overlay`, `apply_external_fixups`,
/// `overlay_fragment`, `update_base_symbols`.
struct CrosvmOverlay {
  /// Where crosvm lays a fragment.
  enum Target {
    /// At the node of this path, which the property says.
    case path(String, FlattenedTree.Property)
    /// At the node of a label, whose path crosvm writes into `target-path`.
    case label(String)
    /// Nowhere; the property holds a phandle, which crosvm doesn't follow.
    case phandle(FlattenedTree.Property)
    /// Nowhere, for a reason that isn't crosvm's own.
    case none
  }

  /// Its fragments, in the order of the file.
  let fragments: [(fragment: OverlayTree.Fragment, target: Target)]
  /// The labels that overlays in front of it bring.
  let labels: Set<String>
  /// The children of the root that overlays in front of it add.
  let nodes: Set<String>

  /// Nil where `view` is of no overlay.
  init?(_ view: GuestView) {
    guard let overlay = OverlayTree(view) else { return nil }
    fragments = Self.fragments(of: overlay)
    var labels: Set<String> = []
    var nodes: Set<String> = []
    for earlier in view.laidBefore {
      if let symbols = earlier.root.child("__symbols__") {
        for symbol in symbols.properties { labels.insert(symbol.name) }
      }
      for fragment in earlier.root.children
      where fragment.property("target-path")?.isString("/") ?? false {
        guard let overlay = fragment.child("__overlay__") else { continue }
        for node in overlay.children { nodes.insert(node.name) }
      }
    }
    self.labels = labels
    self.nodes = nodes
  }

  /// The children of the root that a fragment adds.
  static func added(by fragment: OverlayTree.Fragment, at target: Target) -> [String] {
    guard case .path("/", _) = target else { return [] }
    return fragment.overlay.children.map(\.name)
  }

  private static func fragments(
    of overlay: OverlayTree
  ) -> [(fragment: OverlayTree.Fragment, target: Target)] {
    // Of labels of the base alone crosvm makes a path; those of the overlay itself stay numbers.
    var labels: [Int: String] = [:]
    for fixup in overlay.fixups {
      guard let place = try? fixup.place.get(), place.property.name == "target", place.offset == 0
      else { continue }
      labels[place.property.index] = fixup.property.name
    }
    return overlay.fragments.map { fragment in
      let target = fragment.node.property("target")
      if let label = target.flatMap({ labels[$0.index] }) { return (fragment, .label(label)) }
      if let property = fragment.node.property("target-path") {
        return (fragment, property.string.map { .path($0, property) } ?? Target.none)
      }
      // What is no phandle at all, or waits for a label, is another rule's.
      guard let target, target.count == 4, let phandle = target.cell(0), phandle != 0,
        phandle != .max
      else { return (fragment, Target.none) }
      return (fragment, .phandle(target))
    }
  }
}

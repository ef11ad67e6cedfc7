import DeviceTree
import PlatformLowering

extension BuildReport {
  /// The base of a machine, and how the description came together with it.
  struct Base: Encodable {
    /// A node that the description and the base both have.
    struct Match: Encodable {
      /// The path that the description would give it.
      var node: String
      /// The path in the base, and in what is written.
      var base: String
      /// How that is known: `path`, `address`, and so on.
      var by: String
    }

    var file: String
    var matches: [Match]
    /// The paths of the nodes that the base lacked, without those inside others.
    var added: [String]

    init(_ base: MachineBase) {
      file = base.file.path
      matches = base.based.merge.matches.map {
        Match(node: $0.node, base: $0.base, by: $0.means.description)
      }
      added = base.based.merge.added
    }
  }

  /// The overlay of a machine.
  struct Overlay: Encodable {
    /// A fragment.
    struct Fragment: Encodable {
      /// The path of the node that it goes over.
      var target: String
      /// The label by which it is named; absent where it is named by path.
      var label: String?
    }

    var fragments: [Fragment]
    /// Whether it refers to nodes by numbers that another base won't have.
    var fitsOneBase: Bool

    init(_ overlay: BuiltOverlay) {
      fragments = overlay.overlay.fragments.map { Fragment(target: $0.target, label: $0.label) }
      fitsOneBase = !overlay.overlay.numbered.isEmpty
    }
  }
}

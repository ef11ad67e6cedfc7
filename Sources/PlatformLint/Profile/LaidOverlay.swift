public import DeviceTree
import Diagnostics
import GuestView

/// An overlay that was laid over a base, and what findings call its file.
///
/// What comes of it doesn't show what a consumer that lays it otherwise would make of it, so that the rules about
/// that are asked of the overlay itself.
public struct LaidOverlay: Sendable {
  /// The overlay.
  public let tree: FlattenedTree
  /// The name of its file.
  public let file: String

  /// An overlay from a file.
  public init(_ tree: FlattenedTree, file: String) {
    self.tree = tree
    self.file = file
  }

  /// What those of `rules` find that are about a consumer and the overlay itself; each of `overlays` is laid behind
  /// those in front of it.
  static func findings(
    in overlays: [LaidOverlay], among rules: [any Rule.Type]
  ) -> [Finding] {
    let applying = rules.filter { Overlay.rulesOfConsumers.contains($0.id) }
    guard !applying.isEmpty else { return [] }
    let linter = Linter(rules: applying)
    return overlays.enumerated().flatMap { index, overlay in
      let view = GuestView(tree: overlay.tree, laidBefore: overlays[..<index].map(\.tree))
      return linter.lint(view, file: overlay.file).findings
    }
  }
}

public import DeviceTree

/// A device tree overlay: fragments that a boot loader or a VMM lays over a base.
///
/// Its cells, addresses and references to the base mean nothing before that, so only rules that hold
/// without a base are asked.
public enum Overlay {
  /// The rules that hold for a tree that isn't complete: those about overlays, and those that look at
  /// one node by itself.
  public static let rules: Set<String> = Set(
    RuleCatalogue.rules(named: "overlay").map { $0.id } + rulesOfConsumers + [
      "dma/contradictory-coherency", "structure/cells-malformed",
      "structure/duplicate-node-name", "structure/duplicate-phandle",
      "structure/duplicate-property", "structure/misspelt-property",
      "structure/name-property-differs", "structure/nearly-known-compatible",
      "structure/node-name-characters", "structure/node-name-format", "structure/not-a-string",
      "structure/not-a-string-list", "structure/phandle-invalid",
      "structure/property-name-characters", "structure/property-named-like-node",
      "structure/unit-address-format", "structure/unit-address-missing",
      "structure/unknown-status", "virtio/misspelt-compatible",
    ])

  /// Those about what one consumer makes of the overlay itself, which the tree that it is laid over doesn't show.
  public static let rulesOfConsumers: Set<String> = [
    "crosvm/fragment-skipped", "crosvm/label-unknown", "crosvm/node-doubled",
    "crosvm/target-unknown",
  ]

  /// Those of `rules` that `tree` can be held against.
  public static func rules(
    among rules: [any Rule.Type], for tree: FlattenedTree
  ) -> [any Rule.Type] {
    isOverlay(tree) ? rules.filter { Self.rules.contains($0.id) } : rules
  }

  /// Whether `tree` is an overlay.
  ///
  /// **Source:** libfdt 1.6.1 `fdt_overlay.c`, `overlay_merge`: children of the root that have a
  /// child `__overlay__`.
  public static func isOverlay(_ tree: FlattenedTree) -> Bool { tree.isOverlay }
}

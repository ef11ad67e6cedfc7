public import DeviceTree

/// A device tree overlay: fragments that a boot loader or a VMM lays over a base.
///
/// Its cells, addresses and references mean nothing before that, so only rules that hold for every
/// tree are asked.
public enum Overlay {
  /// The rules that hold for a tree that isn't complete.
  public static let rules: Set<String> = [
    "structure/duplicate-node-name", "structure/duplicate-phandle",
    "structure/duplicate-property", "structure/node-name-characters",
    "structure/property-name-characters",
  ]

  /// Whether `tree` is an overlay.
  ///
  /// **Source:** libfdt 1.6.1 `fdt_overlay.c`, `overlay_merge`: children of the root that have a
  /// child `__overlay__`.
  public static func isOverlay(_ tree: FlattenedTree) -> Bool { tree.isOverlay }
}

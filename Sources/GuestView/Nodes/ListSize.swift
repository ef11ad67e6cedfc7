public import DeviceTree

/// How much of a tree may be lists that a view resolves entry by entry.
///
/// An entry of a few bytes becomes some hundreds of them once it is resolved, and is held against
/// others. Kernels read trees of 2 MiB at the most, most of which is something else.
///
/// **Source:** Linux `arch/arm64/include/asm/boot.h`, `MAX_FDT_SIZE`.
public enum ListSize {
  /// The most that the lists of a tree may take together, in bytes.
  public static let most = 1 << 20

  private static let names: Set<String> = [
    "clocks", "dma-ranges", "interrupt-map", "interrupts", "interrupts-extended", "iommu-map",
    "iommus",
    "memory-region", "msi-map", "ranges", "reg",
  ]

  /// The list with which those of `tree` become longer than ``most``; nil where they don't.
  public static func excess(in tree: FlattenedTree) -> FlattenedTree.Property? {
    // A tree that is no larger can't have such lists.
    guard tree.bytes.count > most else { return nil }
    var total = 0
    for property in tree.properties where names.contains(property.name) {
      total += property.count
      if total > most { return property }
    }
    return nil
  }

  /// Why a tree with such a list isn't judged: lower case, no full stop; nil where it can be.
  public static func refusal(of tree: FlattenedTree) -> String? {
    excess(in: tree).map { list in
      "\(list.node.path): \(list.name): with it the lists of this tree take more than \(most >> 20) MiB, and "
        + "kernels read trees of 2 MiB at the most"
    }
  }
}

public import DeviceTree

/// Why an address of a `reg` is no guest-physical address.
public enum TranslationFailure: Error, Hashable {
  /// A bus between the node and the root has no `ranges`.
  case withoutRanges(FlattenedTree.Node)
  /// The `ranges` of a bus have no window for it.
  case outsideRanges(FlattenedTree.Node)
  /// A bus has cell counts that no address can be read with.
  case unusableCells(FlattenedTree.Node)
  /// The node stands below a PCI host, where `reg` is in configuration space.
  case pciAddress
  /// The address needs more than 64 bits, or the range passes 2⁶⁴.
  case tooLarge
  /// The size is 0.
  case empty
}

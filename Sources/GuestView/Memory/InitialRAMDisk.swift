public import DeviceTree

/// The initial RAM disk, where `/chosen` says that it was loaded.
///
/// **Source:** Linux `drivers/of/fdt.c`, `early_init_dt_check_for_initrd`: either number may have one
/// or two cells, and a start above the end is ignored without a word.
public struct InitialRAMDisk: Sendable {
  /// `linux,initrd-start`.
  public let start: FlattenedTree.Property
  /// `linux,initrd-end`, the address behind the last byte.
  public let end: FlattenedTree.Property
  /// The addresses.
  public let range: AddressRange

  init?(_ tree: FlattenedTree) {
    guard let chosen = tree.root.child("chosen"),
      let start = chosen.property("linux,initrd-start"),
      let end = chosen.property("linux,initrd-end"),
      let first = start.number(at: 0, cells: start.cellCount),
      let stop = end.number(at: 0, cells: end.cellCount), stop > first,
      let range = AddressRange(at: first, size: stop - first)
    else { return nil }
    self.start = start
    self.end = end
    self.range = range
  }
}

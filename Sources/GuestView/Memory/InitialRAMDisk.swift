public import DeviceTree

/// The initial RAM disk, where `/chosen` or the command line says that it was loaded.
///
/// **Source:** Linux `drivers/of/fdt.c`, `early_init_dt_check_for_initrd`: either number may have one
/// or two cells, and a start above the end is ignored without a word; `init/do_mounts_initrd.c`,
/// `early_initrdmem`, which takes the place of both.
public struct InitialRAMDisk: Sendable {
  /// `linux,initrd-start`, or `bootargs` where that says it last.
  public let start: FlattenedTree.Property
  /// `linux,initrd-end`, the address behind the last byte; or `bootargs` again.
  public let end: FlattenedTree.Property
  /// The addresses.
  public let range: AddressRange

  init?(_ tree: FlattenedTree, _ commandLine: CommandLine?) {
    if let commandLine, let range = Self.range(in: commandLine) {
      start = commandLine.property
      end = commandLine.property
      self.range = range
      return
    }
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

  /// The last of `initrdmem=` and `initrd=` that has an address and a size.
  private static func range(in commandLine: CommandLine) -> AddressRange? {
    var range: AddressRange?
    for parameter in commandLine.parameters
    where parameter.isNamed("initrdmem") || parameter.isNamed("initrd") {
      let parts = (parameter.value ?? "").split(
        separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let start = CommandLine.bytes(String(parts[0])),
        let size = CommandLine.bytes(String(parts[1]))
      else { continue }
      range = AddressRange(at: start, size: size)
    }
    return range
  }
}

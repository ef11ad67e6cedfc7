import DeviceTree
import PlatformLint

extension FlattenedTree {
  /// Reads the tree of a machine: no overlay, and no tables.
  ///
  /// - Throws: ``Failure`` with the name of the file, and what it is instead.
  convenience init(machine path: String, limits: Limits) throws(Failure) {
    let (bytes, fileSize) = try InputFile.read(
      path, limit: limits.maximumSize, magics: [Self.magic] + TableMagic.all,
      sizePromised: FlattenedTree.sizePromised, sizeNeeded: FlattenedTree.sizeNeeded)
    if !bytes.starts(with: Self.magic), TableMagic.begins(bytes) {
      throw Failure(
        .badInput,
        "\(InputFile.name(of: path)): has ACPI tables in it; machines that share memory are judged by their trees"
      )
    }
    try self.init(bytes, fileSize: fileSize, limits: limits, path: path)
    if Overlay.isOverlay(self) {
      throw Failure(
        .badInput,
        "\(InputFile.name(of: path)): is an overlay, and no machine; lay it over its base with fdtoverlay first"
      )
    }
    try requireModestLists(called: path)
  }
}

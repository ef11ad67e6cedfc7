import DeviceTree

/// A tree that a VMM dumped, for a description to be merged onto.
struct BaseFile: Sendable {
  /// The file as the user named it.
  var path: String
  /// Its bytes, read.
  var flattened: FlattenedTree
  /// The same, to be changed.
  var tree: Tree

  /// Reads the file at `path`.
  ///
  /// - Throws: ``Failure`` with status 65 for an overlay, and for what can't be read or written again.
  init(_ path: String) throws(Failure) {
    self.path = path
    flattened = try FlattenedTree(file: path)
    guard !flattened.isOverlay else {
      throw Failure(
        .badInput,
        "\(InputFile.name(of: path)): this is an overlay; a base is a whole tree, as a VMM dumps it"
      )
    }
    tree = Tree(flattened)
    do {
      _ = try tree.flattened()
    } catch {
      throw Failure(.badInput, "\(InputFile.name(of: path)): can't be a base: \(error)")
    }
  }
}

import DeviceTree

extension OutputFiles {
  /// Makes sure that no tree takes the place of one that dtgen didn't write: a dump that a description was
  /// imported from bears the name of the machine, too.
  ///
  /// - Throws: ``Failure`` with status 73, naming the file.
  func refuseReplacingForeignTrees() throws(Failure) {
    for file in files where file.path.hasSuffix(".dtb") || file.path.hasSuffix(".dtbo") {
      guard let status = try? FileStatus(of: file.path), status.isRegularFile, status.size > 0
      else { continue }
      // What can't be read says so when it is written.
      guard let there = try? InputFile.read(file.path), there != file.bytes,
        !Self.isWrittenByUs(there)
      else { continue }
      throw Failure(
        .cannotWrite,
        "\(file.path.reportedPath): is there already, and was not written by dtgen; "
          + "-o DIRECTORY writes elsewhere, --force replaces it")
    }
  }

  /// Whether `bytes` are a tree as dtgen lays it out: read, and written again, it is the same.
  private static func isWrittenByUs(_ bytes: [UInt8]) -> Bool {
    guard let tree = try? FlattenedTree(bytes), let again = try? Tree(tree).flattened() else {
      return false
    }
    return again == bytes
  }
}

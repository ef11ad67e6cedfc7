import DeviceTree

extension GivenTree {
  /// The tree that a VMM called `name` has written to a file of the gate's own.
  ///
  /// - Parameters:
  ///   - file: The file, which is no business of the caller's.
  ///   - name: What messages call the tree.
  ///   - limits: What is read at the most.
  ///   - isWhole: Whether the room behind the tree is read, too.
  /// - Throws: ``Failure`` where it can't be read.
  init(in file: String, name: String, limits: Limits, isWhole: Bool) throws(Failure) {
    do throws(Failure) {
      (bytes, fileSize) = try InputFile.read(
        file, limit: limits.maximumSize, magics: [FlattenedTree.magic],
        sizePromised: FlattenedTree.sizePromised,
        sizeNeeded: { isWhole ? .max : FlattenedTree.sizeNeeded(of: $0) })
    } catch {
      let reason = error.message.replacing(file, with: "what it calls a tree")
      throw Failure(error.status, "\(name): \(reason)")
    }
    self.name = name
  }
}

import DeviceTree
import GuestView

/// A tree that a VMM holds for a guest that hasn't started, in place of a file.
struct GivenTree: Equatable {
  /// What reports call it.
  var name: String
  var bytes: [UInt8]
  var fileSize: Int

  /// Where the first PCI host of a tree has its configuration space; nil where there is none, or no tree.
  static func configurationSpace(of given: GivenTree?) -> UInt64? {
    guard let given, let tree = try? FlattenedTree(given.bytes, fileSize: given.fileSize) else {
      return nil
    }
    let view = GuestView(tree: tree)
    return view.pciHosts.first.flatMap { view.registers(of: $0.node).first?.range?.first }
  }
}

extension LintSession {
  /// Judges `given`, in the time that judging may take.
  func judge(_ given: GivenTree) -> [LintedFile] {
    let entry = LintInputs.Entry.file(given.name)
    let results = Parallel.map(1, within: limits.seconds) { _ in
      Result { () throws(Failure) in
        try judge(
          FlattenedTree(
            given.bytes, fileSize: given.fileSize, limits: limits.tree, path: given.name),
          path: given.name)
      }
    }
    switch results[0] {
    case .done(.success(let file)): return [file]
    case .done(.failure(let failure)):
      return [LintedFile(path: given.name, result: .failure(failure))]
    case .unfinished: return [unjudged(entry, "was still being judged")]
    case .unreached: return [unjudged(entry, "was not reached")]
    }
  }
}

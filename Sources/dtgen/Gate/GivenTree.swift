import DeviceTree
import GuestView

/// A tree that a VMM holds for a guest that hasn't started, in place of a file.
struct GivenTree: Equatable {
  /// What reports call it.
  var name: String
  var bytes: [UInt8]
  var fileSize: Int
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

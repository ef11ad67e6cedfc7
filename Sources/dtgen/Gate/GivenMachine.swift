import DeviceTree
import GuestView
import PlatformLint

/// What a VMM holds for a guest that hasn't started, in place of files.
struct GivenMachine: Equatable {
  /// What reports call it.
  var name: String
  /// Its tree; nil for a guest that has none.
  var tree: GivenTree?
  /// Its tables, one behind the other; empty for a guest that has none.
  var tables: [UInt8] = []
  /// The firmware that may give the guest its tables alone; nil where it gets the tree.
  var firmware: String?
  /// The command line of its kernel; nil where nobody told.
  var kernelArguments: String?
  /// What its devices offer, at the tables' devices; nil where nobody told.
  var featuresUnderACPI: DeviceFeatures?
}

extension LintSession {
  /// Judges what `given` has, in the time that judging may take: a guest that may go by its tree or by its tables has
  /// to be right with either.
  func judge(_ given: GivenMachine) -> [LintedFile] {
    if given.tables.isEmpty { return given.tree.map(judge) ?? [] }
    var session = self
    session.firmware = given.firmware
    session.kernelArguments = given.kernelArguments
    session.areOfOneMachine = true
    session.featuresUnderACPI = given.featuresUnderACPI
    if given.tree == nil { session.features = given.featuresUnderACPI }
    let own = session
    let results = Parallel.map(1, within: limits.seconds) { _ in
      Result { () throws(Failure) in try own.judgeTables(of: given) }
    }
    let entry = LintInputs.Entry.file(given.name)
    switch results[0] {
    case .done(.success(let files)): return files
    case .done(.failure(let failure)):
      return [LintedFile(path: given.name, result: .failure(failure))]
    case .unfinished: return [unjudged(entry, "was still being judged")]
    case .unreached: return [unjudged(entry, "was not reached")]
    }
  }

  private func judgeTables(of given: GivenMachine) throws(Failure) -> [LintedFile] {
    let file = try Self.tables(given.tables, path: given.name, limits)
    var tree: FlattenedTree?
    if let bytes = given.tree {
      tree = try FlattenedTree(
        bytes.bytes, fileSize: bytes.fileSize, limits: limits.tree, path: given.name)
    }
    let judged = judge((0, given.name, file), of: tree.map { (1, given.name, $0) })
    guard let tree else { return judged.tables }
    // One that could not be compared has to say why, by itself.
    guard let compared = judged.tree?.file else {
      return [try judge(tree, path: given.name)] + judged.tables
    }
    return [compared] + judged.tables
  }
}

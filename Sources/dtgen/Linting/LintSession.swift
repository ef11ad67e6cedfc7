import ACPI
import DeviceTree
import Diagnostics
import GuestView
import PlatformLint

/// Judges files, on all processors where there are enough of them.
struct LintSession {
  let judging: Judging
  let limits: LintLimits
  /// The directory that waivers and the baseline name files from.
  let policyDirectory: String
  /// Whether findings get a drawing of their place, for a person.
  var drawsPlaces = false
  /// Whether each file gets a table of where its devices may DMA.
  var explainsDMA = false
  /// For what processor tables are; nil to go by what they say.
  var architecture: Architecture?
  /// What the devices offer; nil where nobody told.
  var features: DeviceFeatures?
  /// What the devices of each machine offer, by the names of their trees, where several are judged together.
  var featuresOfMachines: [String: DeviceFeatures] = [:]
  /// What the devices offer at those of tables, where a tree is judged with them; nil where nobody told.
  var featuresUnderACPI: DeviceFeatures?
  /// The firmware that may give the guest its tables alone; nil to go by what Linux does with both.
  var firmware: String?
  /// The command line of the kernel of a guest that goes by tables; nil where nobody told.
  var kernelArguments: String?
  /// What the guest's kernel was built with; nil where nobody told.
  var guest: GuestConfiguration?
  /// What the guest was to see; nil where nobody told.
  var expected: GuestView?
  /// Whether a tree and tables are of one machine; nil to go by their names.
  var areOfOneMachine: Bool?

  /// A session, in which nothing is known of the guest's kernel where `guest` is nil; without a baseline where `takesBaseline` is false, and with another directory to
  /// name files from where one is given.
  ///
  /// - Throws: ``Failure`` with status 64, 66 or 78.
  init(
    _ settings: JudgingSettings, limits: LintLimits, guest: GuestConfiguration? = nil,
    takesBaseline: Bool = true, policyDirectory: String? = nil
  ) throws(Failure) {
    judging = try Judging(settings, kernel: guest?.version, takesBaseline: takesBaseline)
    self.guest = guest
    self.limits = limits
    self.policyDirectory = policyDirectory ?? judging.policy?.directory ?? "."
  }

  /// Judges the files that `inputs` name.
  ///
  /// Trees are judged one by one, and tables in sets, when all files have been read.
  func judge(_ inputs: LintInputs) -> [LintedFile] {
    let entries = inputs.entries
    let start = Clock.milliseconds()
    let progress = Progress(count: entries.count)
    let results = Parallel.map(entries.count, within: limits.seconds) { index in
      let file = read(entries[index], laysOverlays: inputs.isNamed(at: index) && entries.count > 1)
      progress.advance()
      return file
    }
    progress.finish()
    var files: [LintedFile] = []
    var tables: [(position: Int, path: String, file: TableFile)] = []
    var overlays: [(position: Int, path: String, tree: FlattenedTree)] = []
    var standardInput: FlattenedTree?
    for (entry, result) in zip(entries, results) {
      switch result {
      case .done(.judged(let file)): files.append(file)
      case .done(.standardInput(let file, let tree)):
        files.append(file)
        standardInput = tree
      case .done(.overlay(let tree)):
        overlays.append((files.count, entry.path, tree))
        if entry.path == "-" { standardInput = tree }
        // What stands here until those in front are known.
        files.append(unjudged(entry, "was not reached"))
      case .done(.tables(let file)):
        tables.append((files.count, entry.path, file))
        // What stands here until the set is judged.
        files.append(unjudged(entry, "was not reached"))
      case .unfinished: files.append(unjudged(entry, "was still being judged"))
      case .unreached: files.append(unjudged(entry, "was not reached"))
      }
    }
    if !overlays.isEmpty { judge(overlays, since: start, into: &files) }
    if !tables.isEmpty {
      judge(tables, of: inputs, standardInput: standardInput, since: start, into: &files)
    }
    return files
  }

  /// What came of one file when it was read.
  enum Outcome: Sendable {
    case judged(LintedFile)
    /// The tree of standard input, which can't be read again.
    case standardInput(LintedFile, FlattenedTree)
    /// Tables, which are judged together with others.
    case tables(TableFile)
    /// An overlay, which is laid behind others of the run.
    case overlay(FlattenedTree)
  }

  private func read(_ entry: LintInputs.Entry, laysOverlays: Bool) -> Outcome {
    switch entry {
    case .failure(let path, let failure):
      return .judged(LintedFile(path: path, result: .failure(failure)))
    case .file(let path):
      var isOfTables = false
      do throws(Failure) {
        let (bytes, fileSize) = try InputFile.read(
          path, limit: limits.tree.maximumSize, magics: Self.magics,
          sizePromised: FlattenedTree.sizePromised
        ) { start in
          start.starts(with: FlattenedTree.magic) || !TableMagic.begins(start)
            ? FlattenedTree.sizeNeeded(of: start) : .max
        }
        isOfTables =
          !bytes.starts(with: FlattenedTree.magic) && TableMagic.signature(of: bytes) != nil
        if isOfTables, TableMagic.begins(bytes) {
          return .tables(try Self.tables(bytes, path: path, limits))
        }
        try TableMagic.refuseUnknown(bytes, path: path, verb: "judged")
        let tree = try FlattenedTree(
          bytes, fileSize: fileSize, limits: limits.tree, path: path)
        if laysOverlays, ordersOverlays, Overlay.isOverlay(tree) {
          try tree.requireModestLists(called: path)
          return .overlay(tree)
        }
        let file = try judge(tree, path: path)
        return path == "-" ? .standardInput(file, tree) : .judged(file)
      } catch {
        var file = LintedFile(path: path, result: .failure(error))
        file.isOfTables = isOfTables
        return .judged(file)
      }
    }
  }

  /// How files begin that are read to their end; trees first, for which nothing else is looked at.
  private static let magics = [FlattenedTree.magic] + TableMagic.all

  /// Judges a tree, with what was found between it and tables, where it was compared with some.
  func judge(
    _ tree: FlattenedTree, path: String, parity: ParityFindings? = nil,
    laidBefore: [FlattenedTree] = []
  ) throws(Failure) -> LintedFile {
    try tree.requireModestLists(called: path)
    return judged(
      judging.judge.judge(
        tree, features: features, guest: guest, expected: expected, file: path.reportedPath,
        policyName: nameForPolicy(path), parity: parity, laidBefore: laidBefore),
      tree, path: path, isCompared: parity != nil,
      view: explainsDMA ? GuestView(tree: tree, features: features, guest: guest) : nil)
  }

  /// Judges the tree of `view`, which is no overlay.
  func judge(_ view: GuestView, path: String) -> LintedFile {
    judged(
      judging.judge.judge(view, file: path.reportedPath, policyName: nameForPolicy(path)),
      view.tree, path: path, view: view)
  }

  /// Nothing but a policy asks for the other name.
  private func nameForPolicy(_ path: String) -> String? {
    judging.policy == nil ? nil : policyName(of: path)
  }

  private func judged(
    _ judgement: Judgement, _ tree: FlattenedTree, path: String, isCompared: Bool = false,
    view: GuestView?
  ) -> LintedFile {
    var judgement = judgement
    if drawsPlaces {
      let excerpt = TreeExcerpt(tree)
      judgement.findings = judgement.findings.map(excerpt.drawn)
    }
    var file = LintedFile(
      path: path, result: .success(judgement),
      table: explainsDMA ? view.map { DMATable($0) } : nil)
    file.isCompared = isCompared
    return file
  }

  /// An input for which the time did not suffice.
  func unjudged(_ entry: LintInputs.Entry, _ what: String) -> LintedFile {
    let name = InputFile.name(of: entry.path)
    return LintedFile(
      path: entry.path,
      result: .failure(
        Failure(
          .outOfTime, "\(name): \(what) when the \(limits.seconds) s of --max-time were over")))
  }

  /// What a run over `inputs` looked at, by the names of waivers and the baseline.
  func scope(of inputs: LintInputs, _ files: [LintedFile]) -> RunScope {
    var scope = RunScope()
    for file in files {
      switch file.result {
      case .success: scope.judged.insert(policyName(of: file.path))
      case .failure:
        // What there is nothing in is no file that could not be judged.
        if !inputs.empty.contains(file.path) { scope.failed.insert(policyName(of: file.path)) }
      }
    }
    scope.directories = inputs.directories.map(policyName)
    scope.patterns = inputs.patterns.map { Glob(policyName(of: $0)) }
    return scope
  }

  /// What waivers and the baseline call a file.
  func policyName(of file: String) -> String {
    file == "-" ? file : Path.relative(file, to: policyDirectory).reportedPath
  }
}

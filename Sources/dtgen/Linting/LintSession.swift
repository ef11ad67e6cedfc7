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

  /// A session; without a baseline where `takesBaseline` is false, and with another directory to
  /// name files from where one is given.
  ///
  /// - Throws: ``Failure`` with status 64, 66 or 78.
  init(
    _ settings: JudgingSettings, limits: LintLimits, takesBaseline: Bool = true,
    policyDirectory: String? = nil
  ) throws(Failure) {
    judging = try Judging(settings, takesBaseline: takesBaseline)
    self.limits = limits
    self.policyDirectory = policyDirectory ?? judging.policy?.directory ?? "."
  }

  /// Judges the files that `inputs` name.
  func judge(_ inputs: LintInputs) -> [LintedFile] {
    let entries = inputs.entries
    let progress = Progress(count: entries.count)
    let results = Parallel.map(entries.count, within: limits.seconds) { index in
      let file = judge(entries[index])
      progress.advance()
      return file
    }
    progress.finish()
    return zip(entries, results).map { entry, result in
      switch result {
      case .done(let file): file
      case .unfinished: unjudged(entry, "was still being judged")
      case .unreached: unjudged(entry, "was not reached")
      }
    }
  }

  private func judge(_ entry: LintInputs.Entry) -> LintedFile {
    switch entry {
    case .failure(let path, let failure):
      return LintedFile(path: path, result: .failure(failure))
    case .file(let path):
      do throws(Failure) {
        let tree = try FlattenedTree(file: path, limits: limits.tree)
        try tree.requireModestLists(called: path)
        // Nothing but a policy asks for the other name.
        let policyName = judging.policy == nil ? nil : policyName(of: path)
        var judgement = judging.judge.judge(
          tree, file: path.reportedPath, policyName: policyName)
        if drawsPlaces {
          let excerpt = TreeExcerpt(tree)
          judgement.findings = judgement.findings.map(excerpt.drawn)
        }
        let table = explainsDMA ? DMATable(GuestView(tree: tree)) : nil
        return LintedFile(path: path, result: .success(judgement), table: table)
      } catch {
        return LintedFile(path: path, result: .failure(error))
      }
    }
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

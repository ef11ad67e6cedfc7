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
  func judge(_ inputs: [String]) -> [LintedFile] {
    let entries = LintInputs(inputs).entries
    let progress = Progress(count: entries.count)
    TimeLimit.start(limits.seconds)
    let files = Parallel.map(entries.count) { index in
      let file = judge(entries[index])
      progress.advance()
      TimeLimit.restart()
      return file
    }
    TimeLimit.stop()
    progress.finish()
    return files
  }

  private func judge(_ entry: LintInputs.Entry) -> LintedFile {
    switch entry {
    case .failure(let name, let failure):
      return LintedFile(name: name, result: .failure(failure))
    case .file(let name):
      do throws(Failure) {
        let tree = try FlattenedTree(file: name, limits: limits.tree)
        var judgement = judging.judge.judge(tree, file: name, policyName: policyName(of: name))
        if drawsPlaces {
          let excerpt = TreeExcerpt(tree)
          judgement.findings = judgement.findings.map(excerpt.drawn)
        }
        let table = explainsDMA ? DMATable(GuestView(tree: tree)) : nil
        return LintedFile(name: name, result: .success(judgement), table: table)
      } catch {
        return LintedFile(name: name, result: .failure(error))
      }
    }
  }

  /// What waivers and the baseline call a file.
  func policyName(of file: String) -> String {
    file == "-" ? file : Path.relative(file, to: policyDirectory)
  }
}

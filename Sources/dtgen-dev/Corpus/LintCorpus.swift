import ArgumentParser
import DTGenTestSupport
import Foundation

/// `dtgen-dev corpus`: what the rules say to a thousand trees that work.
struct LintCorpus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "corpus",
    abstract: "Lint the trees that .ci/corpus fetched, and count what is found by rule.",
    discussion: """
      The trees boot on the boards they are for, so an error needs a person's verdict. It stands in \
      Sources/PlatformLint/PlatformLint.docc/Corpus.md; an error of a rule without one fails.
      """)

  private static let verdicts = "Sources/PlatformLint/PlatformLint.docc/Corpus.md"

  func run() throws {
    let corpus = Repository.root + "/.build/corpus/dtb"
    guard FileManager.default.fileExists(atPath: corpus) else {
      throw Failure("there are no trees: run .ci/corpus")
    }
    let scratch = try ScratchDirectory()
    let report = scratch.path + "/report.json"
    let lint = Invocation(
      executable: Repository.root + "/dist/bin/dtgen",
      arguments: ["lint", corpus, "--profile", "soc", "--no-policy", "--format", "json"],
      output: report, errors: scratch.path + "/errors")
    let run = try lint.measured()
    guard run.status == 0 || run.status == 1 else {
      let errors = scratch.read("errors").map { String(decoding: $0, as: UTF8.self) } ?? ""
      throw Failure("status \(run.status) from: \(lint.text)\n\(errors)")
    }
    let document = try JSONDecoder().decode(
      CorpusReport.self, from: Data(contentsOf: URL(fileURLWithPath: report)))
    guard !document.files.isEmpty else { throw Failure("no tree was judged") }
    let counts = document.counts
    for count in counts { print(count.text) }
    let mebibytes = run.peakMemory.map { ", \($0 >> 20) MiB resident at most" } ?? ""
    print("\(document.files.count) trees in \(run.wall / 1_000_000) ms\(mebibytes)")
    try hold(counts, against: try CorpusVerdicts(file: Repository.root + "/" + Self.verdicts))
  }

  private func hold(_ counts: [CorpusReport.Count], against verdicts: CorpusVerdicts) throws {
    var isComplete = true
    for count in counts where count.severity == "error" {
      guard let verdict = verdicts.counts[count.rule] else {
        Terminal.note("error: \(count.rule) has no verdict in \(Self.verdicts)")
        isComplete = false
        continue
      }
      // Debian's trees change with its kernel; what matters then is who looks.
      if verdict != count.findings {
        Terminal.note("note: \(count.rule): \(count.findings) errors, \(verdict) have a verdict")
      }
    }
    for rule in verdicts.counts.keys.sorted()
    where !counts.contains(where: { $0.rule == rule && $0.severity == "error" }) {
      Terminal.note("note: \(rule) has a verdict and finds nothing")
    }
    if !isComplete { throw ExitCode.failure }
  }
}

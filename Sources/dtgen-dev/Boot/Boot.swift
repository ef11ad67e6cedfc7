import ArgumentParser
import DTGenTestSupport
import Foundation
import PlatformLint

/// `dtgen-dev boot`: what the rules predict, held against a kernel.
struct Boot: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Boot platforms and the faults of rules, and compare with what is predicted.",
    discussion: """
      Each guest gets its tree byte for byte, and says itself what became of its devices: the kernel \
      is Debian's Linux 6.12, made by .ci/guest-kernel, and the init is in Sources/guest-init. The logs \
      stay in .build/boot.

      Without QEMU or a kernel nothing is booted, which is said and ends with status 77; in CI it is a \
      failure.
      """)

  /// The folder that keeps the logs.
  static let logs = Repository.root + "/.build/boot"

  @Argument(help: "Only boots whose name starts with one of these, as in 'dma/' or 'pci-pool'.")
  var names: [String] = []

  @Flag(help: "Write down which rules were seen to be right; the others stay as they are.")
  var record = false

  @Flag(help: "Only list what would be booted.")
  var list = false

  @Option(help: "How many guests run at once.")
  var jobs = max(1, ProcessInfo.processInfo.activeProcessorCount)

  @Option(help: "The folder for the logs of the guests.")
  var logs = Self.logs

  @Option(help: "How many seconds a guest may take that should come to its end.")
  var patience = BootSession.patience

  @Flag(help: .hidden)
  var tied = false

  func validate() throws {
    if jobs < 1 { throw ValidationError("--jobs takes a number from 1 on.") }
    if !(patience > 0 && patience.isFinite) {
      throw ValidationError("--patience takes a number of seconds above 0.")
    }
  }

  func run() throws {
    try Surroundings.prepare(jobs: jobs)
    let boots = try chosen()
    if list {
      try Terminal.show(boots.map { "\($0.name): \($0.prediction)\n" }.joined())
      return
    }
    let workshop = try BootWorkshop(isTied: tied)
    defer { workshop.close() }
    try workshop.reserve(logs)
    guard let emulator = try prepare(boots) else {
      throw ExitCode(77)
    }
    let start = Clock.nanoseconds()
    let session = BootSession(emulator: emulator, jobs: jobs, patience: patience)
    let rows = session.run(boots)
    let seconds = Double(Clock.nanoseconds() - start) / 1e9
    try Terminal.show(BootTable(rows: rows).text + String(format: "%.0f s\n", seconds))
    let differing = rows.filter { !$0.agrees }
    for row in differing { show(row) }
    if record {
      // A boot of all forgets what is not among them any more.
      let kept = names.isEmpty ? [] : RuleCatalogue.all.map { $0.id }
      try BootRecordFile(
        rows: rows, kernels: emulator.kernels, stock: emulator.stock, keeping: kept
      ).write()
    }
    if !differing.isEmpty { throw ExitCode.failure }
  }

  /// What is asked for; where it is written down, all boots of a rule, which is right where they all are.
  private func chosen() throws -> [BootCase] {
    for name in names where name.isEmpty || !BootCase.all.contains(where: { $0.isOf(name) }) {
      throw Failure("no boot is called '\(name)': dtgen-dev boot --list")
    }
    let named = BootCase.all.filter { boot in names.isEmpty || names.contains { boot.isOf($0) } }
    guard record else { return named }
    let known = Set(named.map(\.name))
    let rules = Set(named.compactMap(\.rule))
    return BootCase.all.filter { boot in
      if let rule = boot.rule, rules.contains(rule) { return true }
      return known.contains(boot.name)
    }
  }

  /// An emulator with its kernels; nil where this machine can't boot anything.
  private func prepare(_ boots: [BootCase]) throws -> Emulator? {
    let machines = boots.map(\.machine)
    func architectures(hasTables: Bool) -> [GuestArchitecture] {
      let these = Set(machines.filter { $0.hasTables == hasTables }.map(\.architecture))
      return these.sorted { $0.rawValue < $1.rawValue }
    }
    let isCI = ProcessInfo.processInfo.environment["CI"] != nil
    do {
      for architecture in Set(machines.map(\.architecture)) {
        _ = try Emulator.version(of: architecture.emulator)
      }
      if boots.contains(where: \.tree.isCompiled), Tool.dtc.path == nil {
        throw Failure("dtc is not installed: \(Tool.dtc.installer) \(Tool.dtc.package)")
      }
      return try Emulator(
        kernels: GuestKernel.all(for: architectures(hasTables: false)),
        stock: GuestKernel.stock(for: architectures(hasTables: true)), folder: logs)
    } catch let error as GuestKernel.Broken {
      throw error
    } catch {
      guard isCI else {
        Terminal.note("SKIPPED: nothing was booted, and nothing is proven: \(error)")
        return nil
      }
      throw error
    }
  }

  private func show(_ row: BootRow) {
    Terminal.note("\n\(row.boot.name): \(row.failure ?? row.fault ?? "not as predicted")")
    // What wasn't booted has missed nothing.
    for expectation in row.outcome == nil ? [] : row.missed {
      Terminal.note("  missed: \(expectation.text)")
    }
    guard let log = row.outcome?.log, let text = try? String(contentsOfFile: log, encoding: .utf8)
    else { return }
    Terminal.note("  the end of \(log):")
    for line in text.split(whereSeparator: \.isNewline).suffix(15) { Terminal.note("    \(line)") }
  }
}

extension BootCase {
  /// Every boot.
  static let all: [BootCase] =
    FixtureBoots.all + TableBoots.all + KernelBoots.all + IsolationBoots.all + PairBoots.all
    + GateBoots.all + RuleBoots.all

  /// Whether it is one of those that are asked for by this name: `dma/`, `pci-pool`.
  func isOf(_ name: String) -> Bool { self.name.hasPrefix(name) }
}

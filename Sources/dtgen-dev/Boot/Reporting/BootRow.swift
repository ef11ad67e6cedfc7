/// A row of the table: what was predicted, what was seen, and whether they agree.
struct BootRow {
  var boot: BootCase
  var outcome: Outcome?
  /// What came of the guest without the fault; nil where there is none.
  var twin: Outcome?
  /// Why it could not be booted at all.
  var failure: String?
  /// Whether the twin shows that it is the fault and nothing else.
  var isTwinGood = true
  /// How often it was booted.
  var tries = 1

  /// What was predicted and not seen.
  var missed: [Prediction] {
    guard let outcome else { return boot.expectations }
    return boot.expectations.filter { !$0.isMet(by: outcome, twin: twin) }
  }

  /// What is wrong with the row itself; nil for nothing.
  var fault: String? { boot.fault ?? twin.flatMap(boot.fault(twin:)) }

  /// Whether what was seen is what was predicted.
  var agrees: Bool {
    failure == nil && fault == nil && outcome != nil && missed.isEmpty && isTwinGood
      && areDisksRight
  }

  /// Whether both sides of the disks agree about what was read and written.
  ///
  /// Where a fault is booted, some disk may never have been written: the guest then doesn't say so.
  private var areDisksRight: Bool {
    guard let outcome else { return true }
    if !outcome.areDisksRight { return false }
    // Who was never started has written nothing.
    if outcome.isRefused { return outcome.writtenDisks == 0 }
    return outcome.hangs || boot.twin != nil || outcome.wrongDisks.isEmpty
  }

  /// What was seen, in the terms of what was predicted.
  var observed: String {
    if let failure { return failure }
    guard let outcome else { return "not booted" }
    var parts: [String] = []
    for expectation in boot.expectations { parts.append(Self.seen(expectation, outcome, twin)) }
    if !boot.expectations.contains(where: { $0.isHang }), !outcome.report.hasEnded,
      !outcome.isRefused
    {
      parts.append(outcome.ending)
    }
    if !areDisksRight { parts.append("a disk's two sides differ") }
    if let fault { parts.append("but \(fault)") }
    if !isTwinGood { parts.append("and without the fault it doesn't work either") }
    var known: Set<String> = []
    return parts.filter { !$0.isEmpty && known.insert($0).inserted }.joined(separator: ", ")
  }

  private static func seen(
    _ expectation: Prediction, _ outcome: Outcome, _ twin: Outcome?
  ) -> String {
    if let device = expectation.device { return outcome.state(of: device) }
    if let region = expectation.sharedRegion { return outcome.meeting(in: region) }
    switch expectation {
    case .hangs, .panics: return outcome.ending
    case .cpus: return "\(outcome.report.guest["cpus"] ?? "no") CPUs"
    case .driver(let node, _):
      return (outcome.report.drivers[node] ?? nil).map { "\(node) bound to \($0)" }
        ?? "\(node) unbound"
    case .gateRefuses: return outcome.refusals.map { "refused: \($0)" }.joined(separator: ", ")
    case .noPool(let name) where !outcome.report.pools.contains { $0.name == name }:
      return expectation.text
    case .doesNotLog(let text) where !outcome.report.logs(text): return "no '\(text)'"
    case .pool, .noPool: return "pools: \(outcome.report.pools.map(\.name).joined(separator: " "))"
    case .logs(let text):
      return outcome.report.line(with: text).map { "'\($0.prefix(100))'" } ?? "no such line"
    case .doesNotLog(let text):
      return outcome.report.line(with: text).map { "'\($0.prefix(100))'" } ?? "no such line"
    case .silent:
      return expectation.complaint(in: outcome, twin: twin).map { "'\($0.prefix(100))'" }
        ?? "silence"
    default: return outcome.served?.split(separator: "\n").last.map(String.init) ?? "nothing served"
    }
  }
}

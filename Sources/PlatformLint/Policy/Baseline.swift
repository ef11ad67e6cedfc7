public import Diagnostics

/// What was found when a project took the checks up: known, and not to be reported again.
public struct Baseline: Sendable, Hashable {
  /// How often each finding is known, by file; every count is at least 1.
  private var counts: [String: [BaselineEntry: Int]] = [:]

  /// A baseline of nothing.
  public init() {}

  /// The entries with their counts, in order.
  public var entries: [(entry: BaselineEntry, count: Int)] {
    counts.values.flatMap { $0 }.map { (entry: $0.key, count: $0.value) }
      .sorted { $0.entry < $1.entry }
  }

  /// The number of findings.
  public var count: Int { entries.reduce(0) { $0 + $1.count } }

  /// Adds what `findings` has that nobody allowed.
  public mutating func add(_ findings: [Finding], file: String) {
    for finding in findings where finding.allowedBecause == nil {
      add(BaselineEntry(finding, file: file), count: 1)
    }
  }

  mutating func add(_ entry: BaselineEntry, count: Int) {
    let known = counts[entry.file]?[entry] ?? 0
    counts[entry.file, default: [:]][entry] = known + min(count, Int.max - known)
  }

  /// Adds all that `other` has.
  public mutating func add(_ other: Baseline) {
    for entry in other.entries { add(entry.entry, count: entry.count) }
  }

  /// Marks those of `findings` that are known, and gives what is known of the file and wasn't found.
  ///
  /// Of rules that were not asked nothing could be found, and nothing is said.
  public func mark(
    _ findings: inout [Finding], file: String, unasked: @autoclosure () -> Set<String> = []
  ) -> Baseline {
    guard var rest = counts[file] else { return Baseline() }
    for index in findings.indices where findings[index].allowedBecause == nil {
      let entry = BaselineEntry(findings[index], file: file)
      guard let count = rest[entry] else { continue }
      rest[entry] = count > 1 ? count - 1 : nil
      findings[index].allowedBecause = "it is in the baseline"
      findings[index].allowedBy = .baseline
    }
    if !rest.isEmpty {
      let unasked = unasked()
      rest = rest.filter { !unasked.contains($0.key.rule) }
    }
    var stale = Baseline()
    if !rest.isEmpty { stale.counts[file] = rest }
    return stale
  }

  /// What is known of files that are there no longer: `scope` would have had them judged.
  public func gone(in scope: RunScope) -> Baseline {
    only { scope.covers(file: $0) && !scope.judged.contains($0) && !scope.failed.contains($0) }
  }

  /// What is known of files that a run over `scope` didn't look at.
  public func unjudged(in scope: RunScope) -> Baseline {
    only { !scope.covers(file: $0) }
  }

  private func only(_ isWanted: (String) -> Bool) -> Baseline {
    var part = Baseline()
    part.counts = counts.filter { isWanted($0.key) }
    return part
  }

  /// Whether anything is known of a file, or of one below a directory, of this name.
  public func knows(_ name: String) -> Bool {
    counts[name] != nil || counts.keys.contains { $0.hasPrefix(name + "/") }
  }

  /// The baseline without `stale`.
  public func removing(_ stale: Baseline) -> Baseline {
    var rest = Baseline()
    for (entry, count) in entries {
      let kept = count - (stale.counts[entry.file]?[entry] ?? 0)
      if kept > 0 { rest.add(entry, count: kept) }
    }
    return rest
  }
}

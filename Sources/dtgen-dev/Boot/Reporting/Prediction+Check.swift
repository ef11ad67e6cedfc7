extension Prediction {
  /// Whether a boot showed it; `twin` is what came of the same guest without the fault.
  func isMet(by outcome: Outcome, twin: Outcome?) -> Bool {
    let report = outcome.report
    func device(_ name: String) -> GuestReport.Device? {
      report.device(name).flatMap { $0.result == "ok" || $0.result == "none" ? $0 : nil }
    }
    switch self {
    case .confined(let name, let pool):
      return device(name).map {
        $0.hasAccessPlatform && Set($0.peaks.keys) == [pool]
          && ($0.segment.map { $0 <= Self.longestSegment } ?? true)
      } ?? false
    case .escapes(let name):
      return device(name).map {
        ($0.group == nil || !$0.hasAccessPlatform)
          && $0.peaks.keys.allSatisfy { $0 == Self.defaultPool }
          && ($0.segment.map { $0 > Self.longestSegment } ?? true)
      } ?? false
    case .translated(let name):
      // Without the feature it is handed addresses of the guest's, whatever its group.
      return device(name).map {
        $0.group != nil && $0.hasAccessPlatform && $0.domain != "identity" && $0.peaks.isEmpty
      } ?? false
    case .works(let name): return device(name) != nil
    case .absent(let name): return report.hasEnded && report.device(name) == nil
    case .driverless(let name):
      return report.device(name).map { report.hasEnded && $0.driver == nil } ?? false
    case .stuck(let name): return report.device(name).map { $0.result == "stuck" } ?? false
    case .fails(let name):
      return report.hasEnded && (report.device(name).map { $0.result != "ok" } ?? true)
    case .hangs: return outcome.hangs
    // A tree may have such a line printed, and a guest that goes on after it has not panicked.
    case .panics: return report.panic != nil && !report.hasEnded
    case .cpus(let count): return report.guest["cpus"] == String(count)
    case .driver(let node, let driver):
      return report.hasEnded && (report.drivers[node] ?? nil) == driver
    case .pool(let name): return report.pools.contains { $0.name == name }
    case .noPool(let name):
      return report.hasEnded && !report.pools.contains { $0.name == name }
    case .logs(let text): return report.logs(text)
    case .doesNotLog(let text): return !report.logs(text)
    case .silent: return complaint(in: outcome, twin: twin) == nil
    case .ringRefused: return outcome.served?.contains("refused") ?? false
    case .ringAccepted:
      return (outcome.served?.contains("ring 0 is served") ?? false)
        && !(outcome.served?.contains("refused") ?? false)
    case .meets(let region): return outcome.hasMet(in: region)
    case .reaches(let region):
      return outcome.traffic(in: region).map { $0.reaching > 0 } ?? false
    case .gateRefuses(let rule):
      return outcome.refusals == [rule] && report.log.isEmpty && report.guest.isEmpty
    case .misses(let region):
      return outcome.traffic(in: region).map { $0.reaching == 0 } ?? false
    }
  }

  /// What the kernel maps at once from a restricted pool: IO_TLB_SEGSIZE slots of 2 KiB.
  private static let longestSegment: UInt64 = 128 * 2048
  /// The pool of whoever has none of its own.
  private static let defaultPool = "swiotlb"

  /// The first line that complains of something, and that the twin's log doesn't have.
  func complaint(in outcome: Outcome, twin: Outcome?) -> String? {
    let known = Set((twin?.report.log ?? []).map(Self.withoutNumbers))
    return outcome.report.log.first { line in
      let words = line.lowercased()
      return Self.complaints.contains { words.contains($0) }
        && !known.contains(Self.withoutNumbers(line))
    }
  }

  /// What complaints are made of.
  ///
  /// That a pool is full for a moment is none: whoever asked waits.
  private static let complaints = [
    "error", "fail", "warn", "invalid", "unable", "cannot", "can't", "could not", "not found",
    "refuse", "overlap", "mismatch", "bad ", "missing", "ignor", "unsupported", "duplicate",
    "exceed", "bug", "oops",
  ]

  /// What is left of a line when addresses and counts are taken out.
  private static func withoutNumbers(_ line: String) -> String {
    String(line.filter { !$0.isHexDigit })
  }
}

extension Outcome {
  /// What the second guest saw of the first one's disk, once both have ended and there was any.
  fileprivate func traffic(in region: String) -> GuestReport.Traffic? {
    guard let peer = peer.first?.report, report.hasEnded, peer.hasEnded,
      let traffic = peer.shares[region], traffic.read > 0, traffic.written > 0,
      traffic.descriptors > 0
    else { return nil }
    return traffic
  }
}

extension GuestReport {
  /// Whether a line has this text; `*` and `…` stand for anything, `<node>` and `<device>` for a name.
  func logs(_ text: String) -> Bool { line(with: text) != nil }

  /// The first line with this text.
  func line(with text: String) -> String? {
    let parts = text.replacing(#/<[a-z]+>|…/#, with: "*").split(separator: "*").map(String.init)
    return log.first { line in
      var rest = line[...]
      for part in parts {
        guard let range = rest.firstRange(of: part) else { return false }
        rest = rest[range.upperBound...]
      }
      return true
    }
  }
}

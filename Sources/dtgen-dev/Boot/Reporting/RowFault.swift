/// What is wrong with a row itself: one that a guest without the fault meets too proves nothing, and
/// one with a slip of the pen in a name is met by every guest.
extension BootCase {
  /// The fault that can be seen without booting; nil for none.
  var fault: String? {
    if expectations.isEmpty { return "the row expects nothing" }
    if twin != nil { return nil }
    if rule != nil { return "the row is about a rule, and has no guest without the fault" }
    if let open = expectations.first(where: \.isAboutLack) {
      return "'\(open.text)' is met by a misspelt name too: the row needs a guest without the fault"
    }
    if expectations.allSatisfy(\.isMetByNothing) {
      return "a guest that never started meets the row too: it needs one without the fault"
    }
    return nil
  }

  /// The fault that shows in what came of the guest without the fault; nil for none.
  func fault(twin: Outcome) -> String? {
    for expectation in expectations {
      if let lack = expectation.lack(in: twin) { return "without the fault \(lack)" }
    }
    if expectations.allSatisfy({ $0.isMet(by: twin, twin: twin) }) {
      return "the guest without the fault does all of this, too"
    }
    return nil
  }
}

extension Prediction {
  /// Whether it is met where something isn't there.
  var isAboutLack: Bool {
    switch self {
    case .absent, .driverless, .driver(_, nil), .noPool, .fails, .doesNotLog: true
    default: false
    }
  }

  /// Whether a guest meets it that does nothing at all.
  fileprivate var isMetByNothing: Bool {
    switch self {
    case .hangs, .panics, .silent: true
    default: isAboutLack
    }
  }

  /// What the guest without the fault lacks for this to say anything; nil for nothing.
  func lack(in twin: Outcome) -> String? {
    let report = twin.report
    switch self {
    case .absent(let name), .driverless(let name):
      return report.device(name)?.driver == nil ? "there is no \(name) with a driver either" : nil
    case .fails(let name), .stuck(let name):
      let result = report.device(name)?.result
      return result == "ok" || result == "none" ? nil : "\(name) doesn't work either"
    case .driver(let node, nil):
      return (report.drivers[node] ?? nil) == nil ? "\(node) has no driver either" : nil
    case .noPool(let name):
      return report.pools.contains { $0.name == name } ? nil : "there is no pool \(name) either"
    case .logs(let text):
      return report.logs(text) ? "'\(text)' is logged, too" : nil
    case .doesNotLog(let text):
      return report.logs(text) ? nil : "'\(text)' isn't logged either"
    case .hangs: return report.hasEnded ? nil : "it doesn't come to its end either"
    case .panics: return report.panic == nil ? nil : "it panics, too"
    default: return nil
    }
  }
}

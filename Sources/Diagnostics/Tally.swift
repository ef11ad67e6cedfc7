/// How many findings there are of each severity, allowed ones apart.
public struct Tally: Sendable, Hashable, Codable {
  /// The number of errors.
  public var errors = 0
  /// The number of warnings.
  public var warnings = 0
  /// The number of notes.
  public var notes = 0
  /// The number of findings that the description allows.
  public var allowed = 0

  /// Counts `findings`.
  public init(_ findings: [Finding]) { add(findings) }

  /// Counts `findings` too.
  public mutating func add(_ findings: [Finding]) {
    for finding in findings {
      if finding.allowedBecause != nil {
        allowed += 1
      } else {
        switch finding.severity {
        case .error: errors += 1
        case .warning: warnings += 1
        case .note: notes += 1
        }
      }
    }
  }

  /// `2 errors, 1 warning`, or `no findings`.
  public var description: String {
    var parts: [String] = []
    func add(_ count: Int, _ one: String, _ many: String) {
      if count > 0 { parts.append("\(count) \(count == 1 ? one : many)") }
    }
    add(errors, "error", "errors")
    add(warnings, "warning", "warnings")
    add(notes, "note", "notes")
    add(allowed, "allowed", "allowed")
    return parts.isEmpty ? "no findings" : parts.joined(separator: ", ")
  }

  /// Whether anything weighs at least as much as `threshold`; nil is never reached.
  public func reaches(_ threshold: Severity?) -> Bool {
    switch threshold {
    case .error?: errors > 0
    case .warning?: errors + warnings > 0
    case .note?: errors + warnings + notes > 0
    case nil: false
    }
  }
}

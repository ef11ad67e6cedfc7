public import Diagnostics

/// What a policy makes of the findings of a rule.
public enum SeveritySetting: String, Sendable, Hashable, Codable, CaseIterable {
  /// They are errors.
  case error
  /// They are warnings.
  case warning
  /// They are notes.
  case note
  /// There are none: the rule doesn't run.
  case off

  /// The severity of the findings; nil where there are none.
  public var severity: Severity? {
    switch self {
    case .error: .error
    case .warning: .warning
    case .note: .note
    case .off: nil
    }
  }
}

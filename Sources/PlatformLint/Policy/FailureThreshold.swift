public import Diagnostics

/// From which severity on findings make a run fail.
public enum FailureThreshold: String, Sendable, Hashable, Codable, CaseIterable {
  /// Errors alone.
  case error
  /// Errors and warnings.
  case warning
  /// Whatever is found.
  case note
  /// Nothing.
  case never

  /// The lightest severity that fails a run; nil for none.
  public var severity: Severity? {
    switch self {
    case .error: .error
    case .warning: .warning
    case .note: .note
    case .never: nil
    }
  }
}

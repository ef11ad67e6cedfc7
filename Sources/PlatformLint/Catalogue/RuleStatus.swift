/// How settled a rule is.
public enum RuleStatus: Sendable, Hashable {
  /// On trial: it may change what it finds.
  case preview
  /// Settled since this version of the tool.
  case stable(since: String)
}

extension RuleStatus: CustomStringConvertible {
  /// `preview`, or `stable since 0.1`.
  public var description: String {
    switch self {
    case .preview: "preview"
    case .stable(let version): "stable since \(version)"
    }
  }
}

/// How much a finding matters.
public enum Severity: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  /// Explains; nothing needs to be done.
  case note
  /// Works only under conditions, or is probably a mistake.
  case warning
  /// The guest can't work, or isolation is lost without a word.
  case error

  /// Orders by weight: `note < warning < error`.
  public static func < (left: Self, right: Self) -> Bool { left.weight < right.weight }

  private var weight: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }
}

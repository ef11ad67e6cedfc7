/// Who said that a finding is meant.
public enum AllowanceOrigin: String, Sendable, Hashable, Codable, CaseIterable {
  /// The description itself, at the place.
  case description
  /// A policy that applies to many descriptions.
  case policy
  /// A record of what was there when the checks were introduced.
  case baseline
}

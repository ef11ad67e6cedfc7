/// Somebody else who has a part in a finding.
public struct Party: Sendable {
  let part: String
  let spot: Spot

  /// A party: its part in a few words, and where it is.
  public init(_ part: String, at spot: Spot) {
    self.part = part
    self.spot = spot
  }
}

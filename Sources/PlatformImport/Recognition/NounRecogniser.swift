/// Knows a noun of the language by its node.
///
/// A recogniser proposes; whether the proposal says neither more nor less than the node does is found
/// by laying it out. So it decides only what a person would want to read, and can't be wrong in what
/// comes out. Properties and children that the noun has no word for are added by whoever asks.
protocol NounRecogniser: SendableMetatype {
  /// The noun, as messages call it.
  static var noun: String { get }
  /// Whether laying it out changes nodes besides its own: the root, `/chosen`, a clock.
  static var reachesBeyondItsNode: Bool { get }

  /// What `node` may be; nil for something else.
  static func proposal(for node: Candidate) -> Proposal?
}

extension NounRecogniser {
  static var reachesBeyondItsNode: Bool { false }
}

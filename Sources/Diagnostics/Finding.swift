/// Something to tell the author of a description, as opposed to an error, which ends the run.
public struct Finding: Sendable, Hashable, Codable {
  /// The id of the rule, as in `dma/pool-outside-memory`.
  public var rule: String
  /// How much it matters.
  public var severity: Severity
  /// What is wrong: lower case, no full stop, without the place.
  public var message: String
  /// Where it is wrong.
  public var place: Place
  /// The value found, with its unit.
  public var found: String?
  /// The value expected, with its unit.
  public var expected: String?
  /// What the guest will do.
  public var consequence: String?
  /// The line that the guest's kernel will log; nil where it logs none.
  public var logLine: String?
  /// What to do about it.
  public var help: String?
  /// The other parties, each with a word on its part.
  public var related: [Related]
  /// Why it is allowed, where it is: such a finding is kept, and doesn't count.
  public var allowedBecause: String?
  /// Who allowed it; nil where nobody did, or where the description did.
  public var allowedBy: AllowanceOrigin?

  /// Another place that has a part in a finding.
  public struct Related: Sendable, Hashable, Codable {
    /// Its part: `overlaps with this`.
    public var message: String
    /// Where it is.
    public var place: Place

    /// A party to a finding.
    public init(_ message: String, at place: Place) {
      self.message = message
      self.place = place
    }
  }

  /// A finding; what does not apply is left out.
  public init(
    rule: String, severity: Severity, message: String, place: Place, found: String? = nil,
    expected: String? = nil, consequence: String? = nil, logLine: String? = nil,
    help: String? = nil, related: [Related] = [], allowedBecause: String? = nil,
    allowedBy: AllowanceOrigin? = nil
  ) {
    self.rule = rule
    self.severity = severity
    self.message = message
    self.place = place
    self.found = found
    self.expected = expected
    self.consequence = consequence
    self.logLine = logLine
    self.help = help
    self.related = related
    self.allowedBecause = allowedBecause
    self.allowedBy = allowedBy
  }
}

public import PlatformDescription

/// Something that a description says and that no tree can express.
///
/// What a tree can express, however wrong, is left to the checker: it judges the bytes.
public struct Mistake: Sendable, Hashable {
  /// The stable id, as in `description/region-not-placed`.
  public var id: String
  /// What is wrong: lower case, no full stop.
  public var message: String
  /// Where; absent for a model without places.
  public var location: SourceLocation?
  /// What to do about it.
  public var help: String?
  /// The other places that have a part in it.
  public var related: [Related]

  /// Another place that has a part in a mistake.
  public struct Related: Sendable, Hashable {
    /// Its part.
    public var message: String
    /// Where it is.
    public var location: SourceLocation?

    init(_ message: String, at location: SourceLocation?) {
      self.message = message
      self.location = location
    }
  }

  init(
    _ id: String, _ message: String, at location: SourceLocation?, help: String? = nil,
    related: [Related] = []
  ) {
    self.id = id
    self.message = message
    self.location = location
    self.help = help
    self.related = related.filter { $0.location != nil }
  }
}

/// What a reader accepts before it gives up: tables may come from anybody.
public struct ACPILimits: Sendable, Equatable {
  /// The largest file, in bytes; 64 MiB unless said otherwise.
  public var maximumSize: Int
  /// The deepest nesting of terms; 128 unless said otherwise, and never more than 256.
  public var maximumDepth: Int
  /// The most terms, operands included; 16,000,000 unless said otherwise.
  public var maximumTerms: Int
  /// The most look-ups of a name in one scope; 64,000,000 unless said otherwise.
  ///
  /// A name of one segment is looked up in every scope above, so that a small table of deep scopes
  /// could keep a reader busy for minutes.
  public var maximumLookUps: Int
  /// The longest path of an object, in segments; 256 unless said otherwise.
  public var maximumPathLength: Int

  /// Limits with the usual values where none is given.
  public init(
    maximumSize: Int = 64 << 20, maximumDepth: Int = 128, maximumTerms: Int = 16_000_000,
    maximumLookUps: Int = 64_000_000, maximumPathLength: Int = 256
  ) {
    self.maximumSize = maximumSize
    self.maximumDepth = min(maximumDepth, Self.deepest)
    self.maximumTerms = maximumTerms
    self.maximumLookUps = maximumLookUps
    self.maximumPathLength = maximumPathLength
  }

  /// The deepest nesting that is ever read or written, so that no stack overflows.
  static let deepest = 256
}

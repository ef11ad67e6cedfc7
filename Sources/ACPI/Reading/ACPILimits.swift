/// What a reader accepts before it gives up: tables may come from anybody.
public struct ACPILimits: Sendable, Equatable {
  /// The largest file, in bytes; 64 MiB unless said otherwise.
  public var maximumSize: Int
  /// The most bytes of AML in all tables of a set; 64 MiB unless said otherwise.
  public var maximumAMLSize: Int
  /// The deepest nesting of terms; 128 unless said otherwise, and never more than 256.
  public var maximumDepth: Int
  /// The most terms, operands included; 16,000,000 unless said otherwise.
  public var maximumTerms: Int
  /// The most names of objects; 16,000,000 unless said otherwise.
  public var maximumObjects: Int
  /// The most look-ups of a name in one scope; 64,000,000 unless said otherwise.
  ///
  /// A name of one segment is looked up in every scope above, so that a small table of deep scopes
  /// could keep a reader busy for minutes.
  public var maximumLookUps: Int
  /// The longest path of an object, in segments; 256 unless said otherwise.
  public var maximumPathLength: Int
  /// The most descriptors of one list of resources; 4096 unless said otherwise, where devices have dozens.
  public var maximumDescriptors: Int
  /// The most descriptors and interrupts of all devices together; 16,000,000 unless said otherwise.
  public var maximumResources: Int

  /// Limits with the usual values where none is given.
  public init(
    maximumSize: Int = 64 << 20, maximumAMLSize: Int = 64 << 20, maximumDepth: Int = 128,
    maximumTerms: Int = 16_000_000, maximumObjects: Int = 16_000_000,
    maximumLookUps: Int = 64_000_000, maximumPathLength: Int = 256,
    maximumDescriptors: Int = 4096, maximumResources: Int = 16_000_000
  ) {
    self.maximumSize = maximumSize
    self.maximumAMLSize = maximumAMLSize
    self.maximumDepth = min(maximumDepth, Self.deepest)
    self.maximumTerms = maximumTerms
    self.maximumObjects = maximumObjects
    self.maximumLookUps = maximumLookUps
    self.maximumPathLength = maximumPathLength
    self.maximumDescriptors = maximumDescriptors
    self.maximumResources = maximumResources
  }

  /// What may be judged: a few kilobytes are kept of each device, and tables of machines have less than 1 MiB of
  /// AML.
  public static let judging = ACPILimits(
    maximumAMLSize: 8 << 20, maximumTerms: 2_000_000, maximumObjects: 100_000,
    maximumResources: 65_536)

  /// The deepest nesting that is ever read or written, so that no stack overflows.
  public static let deepest = 256
}

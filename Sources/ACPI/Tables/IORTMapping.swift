/// Ids that become other ids at another node of the ``IORT``.
///
/// **Source:** Arm DEN 0049E, section 3.1, table 4.
public struct IORTMapping: Hashable, Sendable {
  /// The first id that comes in; of a single mapping it means nothing.
  public var inputBase: UInt32
  /// The number of ids, at least 1; the table has one less.
  public var count: UInt32
  /// What the first id becomes.
  public var outputBase: UInt32
  /// The number of the node that the ids go to, among all.
  public var output: Int
  /// Whether the node itself has the one id, whatever comes in.
  public var isSingle: Bool
  /// Where the mapping stands in its file; 0 of one that wasn't read.
  public var byteOffset = 0

  /// A mapping of `count` ids.
  public init(
    inputBase: UInt32 = 0, count: UInt32, outputBase: UInt32 = 0, output: Int,
    isSingle: Bool = false
  ) {
    self.inputBase = inputBase
    self.count = count
    self.outputBase = outputBase
    self.output = output
    self.isSingle = isSingle
  }
}

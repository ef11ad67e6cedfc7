/// What is known of the memory that machines share before their trees are looked at.
public struct SharingSettings: Sendable, Hashable {
  /// The granule of the hypervisor's second stage of translation, in bytes, unless said otherwise: the
  /// largest that a guest's pages may have as well.
  public static let usualGranule: UInt64 = 64 << 10

  /// What is taken for shared where nobody says.
  public enum Search: Sendable, Hashable {
    /// What looks alike: by identifier, name, base, or size and place.
    case likeness
    /// What has the same identifier or name, and is a pool in one machine and none in another: what
    /// describes machines beside each other doesn't say that they share anything.
    case names
    /// Nothing.
    case nothing
  }

  /// Regions that somebody names as shared: by node name, label, `xen,id`, `compatible` or address.
  public var selections: [String]
  /// Memory that is declared as shared, with its address.
  public var declared: [DeclaredShare]
  /// How many machines a share may have that usually has two, by its name.
  public var parties: [String: Int]
  /// The granule of the second stage, in bytes; a power of two.
  public var granule: UInt64
  /// What is looked for where there are no selections.
  public var search: Search

  /// Settings; without selections, what may be shared is looked for.
  public init(
    selections: [String] = [], declared: [DeclaredShare] = [], parties: [String: Int] = [:],
    granule: UInt64 = usualGranule, search: Search = .likeness
  ) {
    self.selections = selections
    self.declared = declared
    self.parties = parties
    self.granule = granule
    self.search = search
  }
}

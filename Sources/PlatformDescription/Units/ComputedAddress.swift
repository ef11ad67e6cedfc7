/// The address of a pool that follows from what else is in memory: `.computed`.
public enum ComputedAddress: Sendable, Hashable {
  /// The highest free place in the lowest memory, below 4 GiB where there is one.
  case computed
}

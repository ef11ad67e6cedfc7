/// What a reader accepts before it gives up: a flattened tree may come from anybody.
public struct Limits: Sendable, Equatable {
  /// The largest file, in bytes; 64 MiB unless said otherwise.
  public var maximumSize: Int
  /// The deepest nesting, the root being level 1; 64 unless said otherwise.
  ///
  /// **Source:** Linux `drivers/of/fdt.c`, `FDT_MAX_DEPTH`.
  public var maximumDepth: Int
  /// The most nodes; 1,000,000 unless said otherwise.
  public var maximumNodes: Int
  /// The most properties; 4,000,000 unless said otherwise.
  public var maximumProperties: Int
  /// The longest name of a node or property, in bytes; 255 unless said otherwise.
  ///
  /// The specification says 31, and bindings in use exceed it. Every name becomes a file of
  /// `/proc/device-tree`, where a longer one cannot be looked up. Without a limit a small file could
  /// let a million properties share one name of megabytes.
  ///
  /// **Source:** Linux `include/uapi/linux/limits.h`, `NAME_MAX`.
  public var maximumNameLength: Int

  /// Limits with the usual values where none is given.
  public init(
    maximumSize: Int = 64 << 20, maximumDepth: Int = 64, maximumNodes: Int = 1_000_000,
    maximumProperties: Int = 4_000_000, maximumNameLength: Int = 255
  ) {
    self.maximumSize = maximumSize
    self.maximumDepth = maximumDepth
    self.maximumNodes = maximumNodes
    self.maximumProperties = maximumProperties
    self.maximumNameLength = maximumNameLength
  }
}

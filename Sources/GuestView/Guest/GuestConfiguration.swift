/// What a guest's kernel was built with, as far as it decides about a description.
public struct GuestConfiguration: Sendable, Hashable {
  /// How an option is built.
  public enum Setting: Sendable, Hashable {
    /// It isn't.
    case off
    /// As a module, which somebody has to load.
    case module
    /// Into the kernel.
    case builtIn
  }

  /// A version of Linux.
  public struct Version: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The first two numbers: 6 and 12.
    public let major: Int, minor: Int

    /// A version.
    public init(_ major: Int, _ minor: Int) {
      self.major = major
      self.minor = minor
    }

    /// The version in front of `text`, as in `6.12.43`; nil where there is none.
    init?(_ text: some StringProtocol) {
      let parts = text.split(separator: ".", maxSplits: 2)
      guard parts.count >= 2, let major = Int(parts[0]),
        let minor = Int(parts[1].prefix { ("0"..."9").contains($0) })
      else { return nil }
      self.init(major, minor)
    }

    /// The version that `text` is, as in `6.12`; nil where it is anything else.
    public init?(whole text: some StringProtocol) {
      let parts = text.split(separator: ".", omittingEmptySubsequences: false)
      let isNumber = parts.allSatisfy { part in
        (1...4).contains(part.utf8.count) && part.allSatisfy { ("0"..."9").contains($0) }
      }
      guard parts.count == 2, isNumber, let major = Int(parts[0]), let minor = Int(parts[1]) else {
        return nil
      }
      self.init(major, minor)
    }

    /// Older ones first.
    public static func < (left: Self, right: Self) -> Bool {
      (left.major, left.minor) < (right.major, right.minor)
    }

    /// `6.12`.
    public var description: String { "\(major).\(minor)" }
  }

  /// What messages call it: the file, or the name of a known guest.
  public let name: String
  /// The version; nil where the file doesn't say.
  public let version: Version?
  /// What it is for; nil where the file doesn't say.
  public let architecture: Architecture?
  /// `CONFIG_CMDLINE`; nil for none.
  public let commandLine: String?
  private let settings: Settings

  init(
    name: String, version: Version?, architecture: Architecture?, commandLine: String? = nil,
    settings: Settings
  ) {
    self.name = name
    self.version = version
    self.architecture = architecture
    self.commandLine = commandLine
    self.settings = settings
  }

  /// A kernel of which nothing more is known than these options.
  public init(
    name: String, version: Version? = nil, architecture: Architecture? = nil,
    builtIn: Set<GuestOption>, modules: Set<GuestOption> = []
  ) {
    var settings = Settings()
    for option in modules { settings[option] = .module }
    for option in builtIn { settings[option] = .builtIn }
    self.init(
      name: name, version: version, architecture: architecture, settings: settings)
  }

  /// How an option is built.
  public subscript(option: GuestOption) -> Setting { settings[option] }

  /// Whether an option is built, in whatever way.
  public func has(_ option: GuestOption) -> Bool { self[option] != .off }

  /// Whether the kernel knows restricted pools.
  ///
  /// **Source:** Linux commit 8ce3d0b7e8 ("swiotlb: Add restricted DMA pool initialization"), in 5.15;
  /// `kernel/dma/Kconfig`.
  public var knowsRestrictedPools: Bool { self[.dmaRestrictedPool] == .builtIn }

  /// The size of a page, in bytes.
  public var pageSize: UInt64 {
    if has(.arm64Pages64K) { return 65536 }
    return has(.arm64Pages16K) ? 16384 : 4096
  }
}

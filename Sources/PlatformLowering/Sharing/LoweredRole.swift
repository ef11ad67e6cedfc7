public import PlatformDescription

/// What one machine has shared memory for, laid out.
public struct LoweredRole: Sendable, Hashable {
  /// The name of the share.
  public var name: String
  /// What the machine does with it.
  public var use: SharedMemoryRole.Use
  /// Where this machine has it.
  public var range: AddressRange
  /// The path of its node; nil under ACPI, which has none for it.
  public var path: String?
  /// Where the share was declared.
  public var share: SourceLocation?
  /// Where the role was written.
  public var location: SourceLocation?
  /// How many machines the share says that it has.
  public var parties: Int

  init?(_ noun: SharedMemoryRole, path: String?) {
    guard let use = noun.use else { return nil }
    name = noun.name
    self.use = use
    range = noun.range
    self.path = path
    share = noun.share.declaration.location
    location = noun.declaration.location
    parties = noun.share.partyCount
  }
}

extension SharedMemory {
  /// What references to a share have as their noun.
  static let noun = "sharedMemory"

  /// How many machines have it.
  var partyCount: Int { parties ?? 2 }
}

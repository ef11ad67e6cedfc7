/// The device that provides a resource, where it isn't the whole system.
///
/// **Source:** ACPI 6.5, section 6.4.3.5, Resource Source.
public struct ResourceSource: Hashable, Sendable {
  /// Which of the provider's resources; reserved, 0.
  public var index: UInt8
  /// The provider's path, as a string; may be empty.
  public var path: String

  /// A provider by its path.
  public init(_ path: String, index: UInt8 = 0) {
    self.path = path
    self.index = index
  }
}

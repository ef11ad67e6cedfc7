/// What devices are switched on and off with.
///
/// **Source:** ACPI 6.5, section 19.6.108, and 20.2.5.2, DefPowerRes.
public struct PowerResource: Hashable, Sendable {
  /// Its name.
  public var path: NamePath
  /// The deepest sleep in which it must stay on.
  public var systemLevel: UInt8
  /// Its place in the order of switching.
  public var resourceOrder: UInt16
  /// What stands in it.
  public var body: [Term]

  /// A power resource.
  public init(_ path: NamePath, systemLevel: UInt8, resourceOrder: UInt16, body: [Term]) {
    self.path = path
    self.systemLevel = systemLevel
    self.resourceOrder = resourceOrder
    self.body = body
  }
}

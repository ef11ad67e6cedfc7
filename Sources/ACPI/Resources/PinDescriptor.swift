/// Pins, and what they do.
///
/// **Source:** ACPI 6.5, sections 6.4.3.9 to 6.4.3.13.
public struct PinDescriptor: Hashable, Sendable {
  /// Which of the five descriptors it is, with what only that has.
  public enum Kind: Hashable, Sendable {
    /// `PinFunction`: pins that do something, with their pull.
    case function(UInt16, pull: UInt8, pins: [UInt16])
    /// `PinConfig`: pins that are set to something.
    case configuration(type: UInt8, value: UInt32, pins: [UInt16])
    /// `PinGroup`: pins under one label.
    case group(label: String, pins: [UInt16])
    /// `PinGroupFunction`: what a group does.
    case groupFunction(UInt16, label: String)
    /// `PinGroupConfig`: what a group is set to.
    case groupConfiguration(type: UInt8, value: UInt32, label: String)
  }

  /// Which descriptor it is.
  public var kind: Kind
  /// b0 consumer, or shared where the kind has sharing: then b0 shared and b1 consumer.
  public var flags: UInt16
  /// The controller; a group has none.
  public var source: ResourceSource
  /// Bytes of a vendor's.
  public var vendorData: [UInt8]

  /// Pins, and what they do.
  public init(_ kind: Kind, flags: UInt16, source: ResourceSource) {
    self.kind = kind
    self.flags = flags
    self.source = source
    vendorData = []
  }
}

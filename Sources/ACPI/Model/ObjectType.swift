/// What an object of the namespace is.
///
/// **Source:** ACPI 6.5, section 19.6.96, table 19.35; the same numbers stand in ExternalOp.
public enum ObjectType: UInt8, Hashable, Sendable, CaseIterable {
  /// Nothing is known of it.
  case unknown = 0
  /// An integer.
  case integer = 1
  /// A string.
  case string = 2
  /// A buffer.
  case buffer = 3
  /// A package.
  case package = 4
  /// A unit of a field.
  case fieldUnit = 5
  /// A device.
  case device = 6
  /// An event.
  case event = 7
  /// A control method.
  case method = 8
  /// A mutex.
  case mutex = 9
  /// An operation region.
  case operationRegion = 10
  /// A power resource.
  case powerResource = 11
  /// A processor, which ACPI 6.4 has no longer.
  case processor = 12
  /// A thermal zone.
  case thermalZone = 13
  /// A field of a buffer.
  case bufferField = 14
  /// A handle of a table that was loaded.
  case tableHandle = 15

  /// The word that ASL has for it in `External`.
  var keyword: String {
    switch self {
    case .unknown: "UnknownObj"
    case .integer: "IntObj"
    case .string: "StrObj"
    case .buffer: "BuffObj"
    case .package: "PkgObj"
    case .fieldUnit: "FieldUnitObj"
    case .device: "DeviceObj"
    case .event: "EventObj"
    case .method: "MethodObj"
    case .mutex: "MutexObj"
    case .operationRegion: "OpRegionObj"
    case .powerResource: "PowerResObj"
    case .processor: "ProcessorObj"
    case .thermalZone: "ThermalZoneObj"
    case .bufferField: "BuffFieldObj"
    case .tableHandle: "DDBHandleObj"
    }
  }
}

import ACPI
import PlatformDescription

/// A device of the namespace on its way to the SSDT.
struct DeviceDraft {
  /// Its name in `\_SB`.
  var name: NameSegment
  /// `_HID`.
  var hardwareID: String
  /// `_CID`, best first.
  var compatibleIDs: [String] = []
  /// `_UID`.
  var uid: UInt64
  /// `_CCA`; nil where it does no DMA.
  var isCoherent: Bool?
  /// The memory in `_CRS`, for who asks where it is.
  var memory: [AddressRange] = []
  /// The interrupts in `_CRS`, for the same.
  var interrupts: [UInt32] = []
  /// `_CRS`; nil for none.
  var resources: [ResourceDescriptor]?
  /// What stands between `_CCA` and `_CRS`.
  var details: [Term] = []
  /// `_DSD`.
  var properties = PropertySet()
  /// What stands behind.
  var children: [Term] = []
  /// What isn't written, by name.
  var omissions: Set<String> = []
  /// Where it was written.
  var location: SourceLocation?
  /// Whether its interrupt is signalled as the VMM's own tables have it.
  var signalsLikeOthers = false

  /// Its path.
  var path: NamePath { NamePath(absolute: ["_SB", name]) }

  /// What a report says of it.
  var object: LoweredTables.DeviceObject {
    LoweredTables.DeviceObject(
      path: path.description, hardwareID: hardwareID, memory: memory, interrupts: interrupts,
      location: location, signalsLikeOthers: signalsLikeOthers)
  }

  /// The device, as a table has it that isn't compact.
  func term(_ style: DeviceStyle) -> Term {
    var terms = [Term.name("_HID", style.id(hardwareID))]
    if let first = compatibleIDs.first {
      let ids = compatibleIDs.map(style.id)
      terms.append(.name("_CID", ids.count == 1 ? style.id(first) : .package(ids)))
    }
    terms.append(.name("_UID", .integer(uid)))
    if let isCoherent, !style.inheritsCoherency {
      terms.append(.name("_CCA", .integer(isCoherent ? 1 : 0)))
    }
    terms += details
    if let resources { terms.append(.name("_CRS", .resources(resources))) }
    if let shared = style.sharedProperties[properties] {
      terms.append(.alias(NamePath(shared), "_DSD"))
    } else {
      terms += properties.terms
    }
    terms += children
    return .device(NamePath(name), terms.filter { !omissions.contains($0.objectName ?? "") })
  }
}

/// How devices are written.
struct DeviceStyle {
  /// Whether ids that can be are compressed; PNP ids always are.
  var compressesIDs = false
  /// Whether `_CCA` stands on what holds the device.
  var inheritsCoherency = false
  /// What several devices have in common in `_DSD`, by the name of its object.
  var sharedProperties: [PropertySet: NameSegment] = [:]

  /// An id, as `_HID` and `_CID` have it.
  func id(_ text: String) -> Term {
    if compressesIDs || text.hasPrefix("PNP"), let id = try? EISAID(text) { return .eisaID(id) }
    return .string(text)
  }
}

extension Term {
  /// The name of the object that this is.
  var objectName: String? {
    switch self {
    case .name(let path, _), .device(let path, _): path.description
    case .method(let method): method.path.description
    case .operation(.alias, let operands):
      if case .path(let path)? = operands.last { path.description } else { nil }
    default: nil
    }
  }
}

public import ACPI

/// A device of the namespace, as Linux takes it.
///
/// A class, because there is much to it and rules sort and group devices.
public final class TableDevice: Sendable {
  /// Its position among the devices.
  public let index: Int
  /// The object.
  public let object: Namespace.Object
  /// Its path in the namespace.
  public let path: String
  /// `_HID`.
  public let hardwareID: Evaluation<DeviceID>
  /// `_CID`.
  public let compatibleIDs: Evaluation<[DeviceID]>
  /// `_UID`.
  public let uniqueID: Evaluation<UniqueID>
  /// `_DSD`.
  public let properties: Evaluation<DeviceProperties>
  /// The strings of the property `compatible`, as far as Linux has it; nil where it has none.
  public let compatible: [String]?
  /// `_CRS`.
  public let resources: Evaluation<ResourceTemplate>
  /// The ranges of `_CRS`.
  public let windows: [TableWindow]
  /// The interrupts of `_CRS` that the device uses.
  public let interrupts: [TableInterrupt]
  /// The object whose `_STA` keeps the device away: its own or an ancestor's; nil where none does.
  public let absentBecauseOf: Namespace.Object?
  /// What `_CCA` says, its own or the topmost ancestor's, and the object that has it; nil without one.
  ///
  /// **Source:** Linux `drivers/acpi/scan.c`, `acpi_init_coherency`.
  public let coherency: Coherency?

  /// What a `_CCA` says.
  public struct Coherency: Sendable {
    /// Whether DMA is coherent; nil where it takes an interpreter to tell.
    public let isCoherent: Bool?
    /// The `_CCA`.
    public let object: Namespace.Object
  }

  init(_ object: Namespace.Object, path: String, index: Int, above: Inherited) {
    self.index = index
    self.object = object
    self.path = path
    hardwareID = object.hardwareID
    compatibleIDs = object.compatibleIDs
    uniqueID = object.uniqueID
    properties = object.deviceProperties
    compatible = properties.value.flatMap(Self.compatible)
    resources = object.currentResources
    var windows: [TableWindow] = []
    var interrupts: [TableInterrupt] = []
    for (index, entry) in (resources.value?.entries ?? []).enumerated() {
      if let window = TableWindow(entry, index: index) { windows.append(window) }
      interrupts += TableInterrupt.all(entry, index: index)
    }
    self.windows = windows
    self.interrupts = interrupts
    absentBecauseOf = above.absentBecauseOf
    coherency = above.coherency
  }

  /// What Linux takes of the property: from sections without a malformed pair alone.
  ///
  /// **Source:** Linux `drivers/acpi/property.c`, `acpi_init_of_compatible`.
  private static func compatible(_ properties: DeviceProperties) -> [String]? {
    for section in properties.readableSections {
      guard let entry = section.entries.first(where: { $0.name == "compatible" }) else { continue }
      if let string = entry.value.string { return [string] }
      let strings = entry.value.elements?.map(\.string)
      return strings.flatMap { $0.contains(nil) ? nil : $0.compactMap(\.self) }
    }
    return nil
  }
}

extension TableDevice {
  /// The ids by which drivers are looked for: `_HID` first, then `_CID`, each as the interpreter mends it.
  ///
  /// **Source:** Linux `drivers/acpi/acpica/nsrepair2.c`, `acpi_ns_repair_HID`: in capitals, without an asterisk.
  public var ids: [String] {
    var ids: [String] = []
    if let id = hardwareID.value { ids.append(Self.mended(id.text)) }
    for id in compatibleIDs.value ?? [] { ids.append(Self.mended(id.text)) }
    return ids
  }

  private static func mended(_ id: String) -> String {
    let isRight = id.utf8.allSatisfy { $0 != 0x2a && !(0x61...0x7a).contains($0) }
    return isRight ? id : String(id.drop { $0 == "*" }).uppercased()
  }

  /// Whether what it is has to be computed, so that nobody can tell here.
  public var hasUnknownID: Bool {
    hardwareID.problem != nil || compatibleIDs.problem != nil
  }

  /// Its path as IORT spells it: `\_SB_.VIO0`.
  public var fullPath: String { NamePath.padded(path) }

  /// Whether it is one of these, by `_HID` or `_CID`.
  public func isAny(of wanted: String...) -> Bool { ids.contains { wanted.contains($0) } }

  /// Whether drivers are looked for by the property `compatible`.
  public var isByCompatible: Bool { isAny(of: "PRP0001") }

  /// Whether the driver of virtio-mmio takes it.
  ///
  /// **Source:** Linux `drivers/virtio/virtio_mmio.c`, `virtio_mmio_acpi_match`, `virtio_mmio_match`.
  public var isVirtioMMIO: Bool {
    isAny(of: "LNRO0005") || isByCompatible && isCompatible("virtio,mmio")
  }

  /// Whether it means to be a host bridge of PCI.
  public var isPCIHost: Bool { isAny(of: "PNP0A03", "PNP0A08") }

  /// Whether it only keeps addresses from others, as a motherboard's resources do.
  public var isReservation: Bool { isAny(of: "PNP0C01", "PNP0C02") }

  /// Whether it does DMA, as far as ids tell.
  public var doesDMA: Bool {
    isVirtioMMIO || isPCIHost || isAny(of: "PNP0D10", "PNP0D20", "LNRO001E")
  }

  /// Whether `compatible` lists `name`, in any letters.
  ///
  /// **Source:** Linux `drivers/acpi/bus.c`, `acpi_of_match_device`.
  public func isCompatible(_ name: String) -> Bool {
    compatible?.contains { $0.lowercased() == name } ?? false
  }

  /// Whether Linux looks for a driver: nothing keeps the device away.
  public var isPresent: Bool { absentBecauseOf == nil }

  /// Whether an `If` decides if it exists.
  public var isConditional: Bool { object.isConditional }

  /// The ranges of memory that it uses itself, as far as they can be mapped.
  public var memory: [TableWindow] {
    windows.filter { $0.space == .memory && !$0.isProducer && $0.range != nil }
  }
}

extension DeviceProperties {
  /// The sections of device properties that Linux takes: those in which every pair is well-formed.
  ///
  /// **Source:** Linux `drivers/acpi/property.c`, `acpi_properties_format_valid`.
  public var readableSections: [Section] {
    sections.filter { $0.uuid == .deviceProperties && $0.isWellFormed }
  }
}

extension DeviceProperties.Section {
  /// Whether every pair is a name and a value that a property may have.
  public var isWellFormed: Bool {
    guard let pairs = data.elements, pairs.count == entries.count, data.missingElements == 0
    else { return false }
    return entries.allSatisfy(\.hasPropertyValue)
  }
}

extension DeviceProperties.Entry {
  /// Whether the value is an integer, a string, a reference, or a package of those.
  ///
  /// **Source:** Linux `drivers/acpi/property.c`, `acpi_property_value_ok`.
  public var hasPropertyValue: Bool {
    if let elements = value.elements {
      return value.missingElements == 0 && elements.allSatisfy(\.isPlain)
    }
    return value.isPlain
  }
}

extension Namespace.Value {
  fileprivate var isPlain: Bool { integer != nil || string != nil || isReference }
}

import ACPI
import PlatformDescription

extension TableLowering {
  /// By what Linux tells these tables from the VMM's own.
  private static let oemTableID = "DEVICES"

  /// The tables, with everything that was gathered.
  mutating func tables() -> [LoweredTable] {
    var tables: [LoweredTable] = []
    if !devices.isEmpty || !additions.isEmpty || isComplete {
      tables.append(LoweredTable(content: .terms(definitionBlock())))
    }
    if isComplete { tables += systemTables() }
    if !configurationSpaces.isEmpty {
      tables.append(
        ConfigurationSpaceEntry.table(configurationSpaces, oemTableID: Self.oemTableID))
    }
    return tables + translationTables(oemTableID: Self.oemTableID)
  }

  private mutating func definitionBlock() -> DefinitionBlock {
    var terms = additions.map { Term.scope($0.path, $0.terms) }
    let processors = processorTerms()
    if !devices.isEmpty || !processors.isEmpty {
      let others = options.isCompact ? compact() : devices.map { $0.term(DeviceStyle()) }
      terms.append(.scope("\\_SB", processors + others))
    }
    if isComplete {
      return DefinitionBlock(
        TableHeader("DSDT", revision: 2, oemTableID: Self.oemTableID), terms)
    }
    return .ssdt(
      Self.oemTableID, externals: additions.map { External($0.path, .device) }, terms)
  }

  /// What stands in `\_SB` of a compact table: one container that says `_CCA` for what it holds, and the
  /// objects that its devices have in common.
  ///
  /// A device whose `_CCA` is another one stands beside it: Linux asks the nearest ancestor that has one.
  private mutating func compact() -> [Term] {
    var style = DeviceStyle(compressesIDs: true)
    var inside: [Term] = []
    let held = devices.filter { isHeld($0) }
    var counts: [PropertySet: Int] = [:]
    for device in held where !device.properties.isEmpty {
      counts[device.properties, default: 0] += 1
    }
    // In the order of the devices, so that one description has one table.
    for device in held where counts[device.properties] ?? 0 > 1 {
      guard style.sharedProperties[device.properties] == nil,
        device.properties.subnodes.isEmpty, let name = take(at: device.location)
      else { continue }
      style.sharedProperties[device.properties] = name
      inside.append(.name(NamePath(name), device.properties.package))
    }
    let others = devices.filter { !isHeld($0) }.map { $0.term(style) }
    guard held.count > 1, let name = take(at: machine.declaration.location) else {
      return devices.map { $0.term(DeviceStyle(compressesIDs: true)) }
    }
    container = name
    heldNames = Set(held.map(\.name))
    style.inheritsCoherency = true
    inside += held.map { $0.term(style) }
    let bus = Term.device(
      NamePath(name),
      [
        .name("_HID", .string("ACPI0004")), .name("_UID", .integer(takeUID(of: "ACPI0004"))),
        .name("_CCA", .integer(1)),
      ] + inside)
    return [bus] + others
  }

  /// Whether a device may stand in a container that says `_CCA` for it: it does DMA that is coherent, and
  /// nothing refers to it by its path.
  private func isHeld(_ device: DeviceDraft) -> Bool {
    device.isCoherent == true && device.omissions.isEmpty && device.hardwareID != "PNP0A08"
      && device.hardwareID != "ACPI0004" && !referenced.contains(device.path)
  }

  /// The path of a device where it is written.
  func writtenPath(of path: NamePath) -> NamePath {
    let segments = path.segments
    guard let container, segments.count == 2, heldNames.contains(segments[1]) else { return path }
    return NamePath(absolute: ["_SB", container, segments[1]])
  }
}

import ACPI
import PlatformDescription

/// Memory that devices behind an SMMU reach at its own addresses: in a tree `iommu-addresses` of a region,
/// in IORT a node of reserved memory.
///
/// **Source:** Arm DEN 0049E, section 3.1.1.7; devicetree specification of reserved memory,
/// `reserved-memory.yaml`; Linux `drivers/acpi/arm64/iort.c`, `iort_get_rmrs`.
extension TableLowering {
  /// What a region says of the devices that reach it.
  private static func addresses(of region: ReservedMemory) -> [Cell]? {
    for case .property(let property) in region.declaration.additions
    where property.name == "iommu-addresses" {
      if case .cells(let cells) = property.value { return cells }
    }
    return nil
  }

  /// Whether a region is one that IORT can tell of.
  static func isReservedRange(_ region: ReservedMemory) -> Bool { addresses(of: region) != nil }

  /// Finds the devices of a region, once all have their paths.
  mutating func lowerReservedRange(_ region: ReservedMemory) {
    let location = region.declaration.location
    guard case .static(let range) = region.placement, let cells = Self.addresses(of: region) else {
      mistake(
        "description/no-acpi-form",
        "IORT tells of memory at an address, and '\(region.name)' has none",
        at: location, help: "say 'at:'")
      return
    }
    // Linux rounds what isn't a multiple of its granule, and maps what is beside it, too.
    let granule: UInt64 = 0x1_0000
    if range.at.value % granule != 0 || range.size.bytes % granule != 0 || range.size.bytes == 0 {
      mistake(
        "description/misaligned-range",
        "'\(region.name)' is from \(range.at) on \(range.size) long, and IORT has multiples of 64 KiB",
        at: location, help: "start it at a multiple of 0x10000, and make it as long")
    }
    var draft = TranslationDraft.ReservedRange(name: region.name, range: range, location: location)
    if let other = translations.reservedRanges.first(where: { $0.overlaps(draft) }) {
      mistake(
        "description/overlapping-ranges", "'\(region.name)' overlaps '\(other.name)'", at: location,
        help: "make one of both", related: [.init("the other one is here", at: other.location)])
    }
    for start in stride(from: 0, to: cells.count, by: 5) {
      guard let device = device(of: region, cells[start...].prefix(5), range) else { continue }
      draft.endpoints.append(device)
    }
    translations.reservedRanges.append(draft)
  }

  /// A device that reaches a region: its node, and the address and the size there, two cells each.
  private mutating func device(
    of region: ReservedMemory, _ cells: ArraySlice<Cell>, _ range: AddressRange
  ) -> TranslationDraft.Endpoint? {
    let location = region.declaration.location
    let numbers = cells.dropFirst().compactMap {
      if case .number(let number) = $0 { UInt64(number) } else { nil }
    }
    guard case .phandle(let reference)? = cells.first, numbers.count == 4 else {
      mistake(
        "description/no-acpi-form",
        "'iommu-addresses' of '\(region.name)' is no list of devices with an address and a size of two cells",
        at: location, help: "write .phandle(device), and four numbers behind it")
      return nil
    }
    guard numbers[0] << 32 | numbers[1] == range.at.value,
      numbers[2] << 32 | numbers[3] == range.size.bytes
    else {
      mistake(
        "description/no-acpi-form",
        "IORT tells of memory that a device reaches at its own address, and not of '\(region.name)' elsewhere",
        at: location, help: "let 'iommu-addresses' have the address and the size of the region")
      return nil
    }
    let path = paths[Target(reference)]
    let smmus = Set(translations.smmus.map(\.target))
    guard let device = translations.endpoints.first(where: { $0.path == path }),
      smmus.contains(device.iommu)
    else {
      mistake(
        "description/no-acpi-form",
        "'iommu-addresses' of '\(region.name)' names no device of the namespace behind an SMMU",
        at: location, help: "name a VirtioMMIO with 'iommu:'")
      return nil
    }
    return device
  }
}

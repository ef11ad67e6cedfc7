public import ACPI

/// Gathers who claims which addresses.
struct TableClaims {
  private(set) var claims: [TableClaim] = []

  /// The registers of an ITS, an SMMUv3 and a distributor take 64 KiB pages.
  ///
  /// **Source:** Arm IHI 0069, section 12.10; Arm IHI 0070, section 6.
  private static let page: UInt64 = 0x1_0000

  init(_ view: TablesView) {
    for device in view.devices where device.isPresent && !device.isReservation {
      for window in device.windows where window.space == .memory {
        guard let range = window.range, device.isPCIHost || !window.isProducer else { continue }
        claims.append(
          TableClaim(
            range: range, kind: window.isProducer ? .pciWindow : .deviceWindow, device: device,
            place: device.place(of: window), owner: device.path))
      }
    }
    if let mcfg = view.mcfg, let content = mcfg.content {
      for (index, allocation) in content.allocations.enumerated() {
        add(
          allocation.range, .configurationSpace, "the configuration space of PCI", mcfg.number,
          "MCFG", "allocation[\(index)]", allocation.byteOffset..<(allocation.byteOffset + 16))
      }
    }
    if let madt = view.madt, let content = madt.content {
      for (index, entry) in content.entries.enumerated() {
        guard let (range, owner) = Self.registers(of: entry) else { continue }
        let offset = content.byteOffsets[index]
        add(
          range, .interruptController, owner, madt.number, "APIC", "entry[\(index)]",
          offset..<(offset + 2))
      }
    }
    if let iort = view.iort, let content = iort.content {
      for (index, node) in content.nodes.enumerated() {
        guard case .smmuV3(let smmu) = node.kind else { continue }
        add(
          AddressRange(at: smmu.base, size: 2 * Self.page), .iommu, "an SMMU", iort.number, "IORT",
          "node[\(index)]", node.byteOffset..<(node.byteOffset + 16))
      }
    }
    claims.sort {
      ($0.range, $0.place.byteRange.lowerBound) < ($1.range, $1.place.byteRange.lowerBound)
    }
  }

  private mutating func add(
    _ range: AddressRange?, _ kind: TableClaim.Kind, _ owner: String, _ table: Int,
    _ signature: String, _ element: String, _ bytes: Range<Int>
  ) {
    guard let range else { return }
    claims.append(
      TableClaim(
        range: range, kind: kind, device: nil,
        place: TablePlace(table: table, node: signature, element: element, byteRange: bytes),
        owner: owner))
  }

  /// The registers that an entry of the MADT names.
  private static func registers(of entry: MADTEntry) -> (AddressRange, String)? {
    let range: AddressRange?
    let owner: String
    switch entry {
    case .ioAPIC(_, let address, _):
      // Two registers, and the page that they are in is no one else's.
      (range, owner) = (AddressRange(at: UInt64(address), size: 0x20), "an I/O APIC")
    case .gicd(_, let address, _):
      (range, owner) = (AddressRange(at: address, size: 0x1000), "the distributor of the GIC")
    case .gicr(let address, let length):
      (range, owner) = (
        AddressRange(at: address, size: UInt64(length)), "the redistributors of the GIC"
      )
    case .its(_, let address):
      (range, owner) = (AddressRange(at: address, size: 2 * page), "an ITS of the GIC")
    case .gicMSIFrame(_, let address, _, _, _):
      (range, owner) = (AddressRange(at: address, size: 0x1000), "an MSI frame of the GIC")
    default: return nil
    }
    return range.map { ($0, owner) }
  }
}

extension MCFG.Allocation {
  /// Where the configuration space of its buses lies; nil of one that has none.
  public var range: AddressRange? {
    guard startBus <= endBus else { return nil }
    let (first, overflow) = base.addingReportingOverflow(UInt64(startBus) << 20)
    return overflow
      ? nil : AddressRange(at: first, size: (UInt64(endBus) - UInt64(startBus) + 1) << 20)
  }
}

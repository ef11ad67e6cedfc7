import GuestView

/// The `iommu-map` and `msi-map` of every enabled PCI host.
enum RequesterMaps {
  /// What a map leads to.
  enum Kind {
    case iommu, msi

    /// What its targets are.
    var target: String {
      switch self {
      case .iommu: "an IOMMU"
      case .msi: "an MSI controller"
      }
    }

    /// The property by which such a node is known.
    var mark: String {
      switch self {
      case .iommu: "#iommu-cells"
      case .msi: "msi-controller"
      }
    }
  }

  static func all(in view: GuestView) -> [(host: PCIHost, kind: Kind, map: RequesterMap)] {
    view.pciHosts.filter(\.isEnabled).flatMap { host in
      [(Kind.iommu, host.iommuMap), (.msi, host.msiMap)].compactMap { kind, map in
        map.map { (host, kind, $0) }
      }
    }
  }

  /// One entry of a map.
  static func spot(_ row: RequesterMap.Row, of map: RequesterMap) -> Spot {
    .element(map.property, row.index, cells: row.cells)
  }
}

extension RequesterMap.Row {
  /// `requester IDs 0x0 to 0xffff`.
  var idText: String {
    guard let range else { return "no requester ID" }
    return "requester IDs \(ByteText.hex(range.first)) to \(ByteText.hex(range.last))"
  }
}

import DeviceTree
import Diagnostics
import GuestView

/// Each device behind an IOMMU has an ID of its own.
enum EndpointShared: Rule {
  static let id = "iommu/endpoint-shared"
  static let severity = Severity.error
  static let summary = "two devices have the same ID behind an IOMMU"
  static let rationale = """
    The ID is all that an IOMMU knows a device by. An SMMUv3's driver takes a stream for one device \
    alone. A virtio-iommu moves the endpoint to the mappings of the device that comes last, and what the \
    other one then does is stopped, or reaches the buffers of the last.
    """
  static let consequence = "one of the devices does not work, or reaches the other one's buffers"
  static let help = "give each device the ID that the VMM knows it by"
  static let exceptions = """
    IOMMUs other than an SMMUv3 and a virtio-iommu, whose streams devices may share, and the functions \
    of PCI, whose IDs are computed.
    """
  static let sources = [
    Source.linux("drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c", "arm_smmu_insert_master"),
    .linux("drivers/iommu/virtio-iommu.c", "viommu_attach_dev"),
    .binding("iommu/iommu.txt"),
  ]
  static let good = [Example(in: .iommu, example("2>;"))]
  static let bad = [Example(in: .iommu, example("1>;  // finding"))]

  private static func example(_ id: String) -> String {
    """
    &pci {
      /delete-property/ iommu-map;
      memory-region = <&bounce>;
    };
    &disk {
      iommus = <&smmu 1>;
      /delete-property/ memory-region;
    };
    &net {
      iommus = <&smmu \(id)
      /delete-property/ memory-region;
    };
    """
  }

  private struct Endpoint: Hashable {
    let iommu: Int
    let id: UInt32
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    // Looked up by the endpoint, never walked.
    var firsts: [Endpoint: FlattenedTree.Node] = [:]
    for property in view.enabledProperties(named: "iommus") {
      guard property.cellCount == 2, let phandle = property.cell(0), let id = property.cell(1),
        let iommu = view.phandles.node(for: phandle), isExclusive(iommu),
        iommu.property("#iommu-cells")?.cell(0) == 1
      else { continue }
      let node = property.node
      let endpoint = Endpoint(iommu: iommu.index, id: id)
      guard let first = firsts[endpoint] else {
        firsts[endpoint] = node
        continue
      }
      report(
        "the ID is also that of \(first.name)", at: .cells(property, 1..<2, "iommus[0].id"),
        found: ByteText.hex(id), expected: "an ID of its own",
        related: [Party("has the same ID", at: .node(first))])
    }
  }

  private static func isExclusive(_ iommu: FlattenedTree.Node) -> Bool {
    switch IOMMUKind(iommu) {
    case .smmuV3, .virtioPCI: true
    default: iommu.isCompatible("virtio,mmio")
    }
  }
}

import DeviceTree
import Diagnostics
import GuestView

/// An `iommu-map` should take every function of its host.
enum RequestersLeftOut: Rule {
  static let id = "iommu/requesters-left-out"
  static let severity = Severity.warning
  static let summary = "iommu-map leaves out requester IDs of its host"
  static let rationale = """
    A function whose requester ID is in no entry is taken to have no IOMMU. It uses guest-physical \
    addresses, all of them, while its neighbours are confined; or, if the IOMMU looks at it after \
    all, it gets nothing through.
    """
  static let consequence = "functions with these requester IDs DMA anywhere in memory"
  static let logLine: String? = "OF: <node>: no iommu-map translation for id"
  static let help = """
    make the entries cover all buses of bus-range, all but the requester ID of a virtio-iommu itself
    """
  static let exceptions = """
    An error where no entry holds any requester ID, as if there were no map. Left alone are the IOMMU's own requester ID; hosts with a restricted pool, which takes the functions that are \
    left out; maps with a mask; and hosts that are not generic ones.
    """
  static let sources = [
    Source.linux("drivers/of/base.c", "of_map_id"),
    .linux("drivers/iommu/of_iommu.c", "of_pci_iommu_init"),
    .observed("no iommu-map translation for id 0x8 on (null)"),
  ]
  static let good = [
    Example(
      in: .iommu,
      """
      &pci {
        bus-range = <0x0 0x0>;
        iommu-map = <0x0 &smmu 0x0 0x100>;
      };
      """)
  ]
  static let bad = [
    Example(
      in: .iommu,
      """
      &pci {
        iommu-map = <0x0 &smmu 0x0 0x100>;  // finding
      };
      """),
    Example(
      in: .iommu,
      """
      &pci {
        iommu-map = <0x0 &smmu 0x0 0x0>;  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    var confined: Set<Int> = []
    for device in view.dmaDevices where device.attachedPool != nil {
      confined.insert(device.node.index)
    }
    for host in view.pciHosts where host.isEnabled && host.configurationSpacePerBus != nil {
      guard let map = host.iommuMap, !confined.contains(host.node.index),
        let gap = host.bypassingRequesterIDs.first
      else { continue }
      let isEmpty = gap == host.requesterIDs
      report(
        isEmpty
          ? "no entry holds any requester ID of the host"
          : "requester IDs of the host are in no entry",
        at: .property(map.property), found: "none for " + text(gap),
        expected: "entries for \(ByteText.hex(host.requesterIDs.lowerBound)) to "
          + ByteText.hex(host.requesterIDs.upperBound), severity: isEmpty ? .error : nil)
    }
  }

  private static func text(_ gap: ClosedRange<UInt32>) -> String {
    guard gap.count == 1 else {
      return "\(ByteText.hex(gap.lowerBound)) to \(ByteText.hex(gap.upperBound))"
    }
    let function = DMADevice.functionName(UInt16(truncatingIfNeeded: gap.lowerBound))
    return "\(ByteText.hex(gap.lowerBound)), function \(function)"
  }
}

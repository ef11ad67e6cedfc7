import DeviceTree
import Diagnostics
import GuestView

/// A pool's largest mapping can't be set.
enum SegmentSizeIgnored: Rule {
  static let id = "dma/segment-size-ignored"
  static let severity = Severity.warning
  static let summary = "a restricted pool has io-tlb-segsize, which no Linux reads"
  static let rationale = """
    A mapping takes slots of 2 KiB one behind the other, at most 128 of them, so that none is larger than \
    256 KiB. A property that says otherwise was proposed in 2021 and never merged: the kernel passes over it, \
    and dma_max_mapping_size() stays 256 KiB.
    """
  static let consequence = """
    mappings of more than 256 KiB fail, and drivers that ask for the limit split their requests at it
    """
  static let help =
    "remove it, and have the device's driver keep to 256 KiB, or give it memory of its own"
  static let sources = [
    Source.linux("kernel/dma/swiotlb.c", "swiotlb_max_mapping_size", "rmem_swiotlb_device_init"),
    .linux("include/linux/swiotlb.h", "IO_TLB_SEGSIZE"), .proposal(.segmentSize),
  ]
  static let good = [
    Example(
      """
      &bounce {
        label = "bounce";
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &bounce {
        io-tlb-segsize = <4096>;  // finding
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for name in Proposal.segmentSize.names {
      for property in view.enabledProperties(named: name) {
        guard view.restrictedPools.contains(where: { $0.node == property.node }) else { continue }
        report(
          """
          \(name) is only proposed (\(Proposal.segmentSize.origin)): mappings stay as large as 256 KiB \
          at the most
          """, at: .property(property))
      }
    }
  }
}

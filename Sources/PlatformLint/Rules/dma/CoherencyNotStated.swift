import DeviceTree
import Diagnostics
import GuestView

/// On arm64 a device that a VMM emulates should say that its DMA is coherent.
enum CoherencyNotStated: Rule {
  static let id = "dma/coherency-not-stated"
  static let severity = Severity.warning
  static let summary = "nothing says that the DMA of a virtio device is coherent"
  static let rationale = """
    On arm64 devices count as not coherent unless the node or an ancestor says dma-coherent. The \
    guest then maps the rings without caching and cleans its buffers, while the VMM reads and writes \
    both through its caches.
    """
  static let consequence = """
    on hosts without FEAT_S2FWB (before Armv8.4) updates of the rings may be lost and queues hang, \
    which an emulator does not show
    """
  static let help = "add dma-coherent to the node or to its bus"
  static let exceptions = """
    RISC-V and other architectures, where DMA is coherent by default; and devices that are said not to \
    be, for which there is a rule of its own.
    """
  static let sources = [
    Source.linux("drivers/of/address.c", "of_dma_is_coherent"), .binding("virtio/mmio.yaml"),
  ]
  static let good = [
    Example(
      """
      / {
        dma-coherent;
      };
      &net {
        /delete-property/ dma-coherent;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &net {  // finding
        /delete-property/ dma-coherent;
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard view.architecture == .arm64 else { return }
    for device in view.dmaDevices where device.isCoherent == nil {
      // What the host says holds for its functions too.
      guard device.kind != .pciFunction else { continue }
      report(
        "neither the node nor an ancestor says whether DMA is coherent", at: .node(device.node),
        expected: "dma-coherent")
    }
  }
}

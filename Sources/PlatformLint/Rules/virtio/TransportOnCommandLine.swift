import DeviceTree
import Diagnostics
import GuestView

/// A virtio-mmio device of the command line has no node, and so nothing that would confine it.
enum TransportOnCommandLine: Rule {
  static let id = "virtio/transport-on-command-line"
  static let severity = Severity.warning
  static let summary = "bootargs makes a virtio-mmio device, while others are confined"
  static let rationale = """
    With virtio_mmio.device= the kernel makes a device without a node. Pools and IOMMUs are found by the node, so this \
    one has neither, even if the tree describes one at the same address.
    """
  static let consequence = """
    if the kernel has CONFIG_VIRTIO_MMIO_CMDLINE_DEVICES, the DMA of the device may go anywhere in memory
    """
  static let logLine: String? = "virtio-mmio: Registering device virtio-mmio.0 at"
  static let help =
    "describe the device with a node that names the pool, and take the parameter away"
  static let exceptions = "Trees in which nothing is confined."
  static let sources = [
    Source.linux("drivers/virtio/virtio_mmio.c", "vm_cmdline_set"),
    .linux("drivers/of/device.c", "of_dma_set_restricted_buffer"),
  ]
  static let good = [
    example("console=ttyAMA0 -- virtio_mmio.device=512@0xa003e00:79", "")
  ]
  static let bad = [
    example("virtio_mmio.device=512@0xa003e00:79", "  // finding"),
    example("virtio-mmio.device=0x200@0xa003e00:79:7", "  // finding"),
  ]

  private static func example(_ text: String, _ marker: String) -> Example {
    Example(
      """
      &chosen {
        bootargs = "\(text)";\(marker)
      };
      """)
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let commandLine = view.commandLine,
      let confined = view.dmaDevices.first(where: \.outcome.isConfined)
    else { return }
    for parameter in commandLine.all("virtio_mmio.device") {
      report(
        "the command line makes a device that nothing confines",
        at: .property(commandLine.property), found: parameter.text,
        related: [Party("is confined", at: .device(confined))])
    }
  }
}

import DeviceTree
import Diagnostics
import GuestView

/// A device that the VMM adds must be confined.
enum DeviceAdded: Rule {
  static let id = "drift/device-added"
  static let severity = Severity.error
  static let summary = "the VMM passes a device that was not described, and that nothing confines"
  static let rationale = """
    A device that nobody described was never judged. Where nothing confines it, whoever serves it reaches all of \
    the guest's memory.
    """
  static let consequence = "the DMA of this device may go anywhere in memory"
  static let help =
    "describe the device, with what confines it, or take it out of the VMM's options"
  static let exceptions = "A device that is confined is a note: it may be meant."
  static let sources = [Source.linux("kernel/dma/direct.h", "dma_direct_map_page")]
  static let needs: Inputs = [.tree, .expected]

  static let good = [
    Example(
      in: .bare, expecting: device,
      device)
  ]
  static let bad = [
    Example(in: .bare, expecting: "", device.replacing("a000200 {", with: "a000200 {  // finding"))
  ]

  private static let device = """
    / {
      virtio@a000200 {
        compatible = "virtio,mmio";
        reg = <0x0 0xa000200 0x0 0x200>;
        interrupts = <0 17 1>;
        dma-coherent;
      };
    };
    """

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let expected = view.expected else { return }
    for device in ExpectedDevices(view, expected).added {
      if case .absent = device.outcome { continue }
      let isConfined = device.outcome.isConfined
      report(
        isConfined
          ? "the device was not described, and is confined"
          : "the device was not described, and nothing confines it",
        at: .device(device), found: "DMA: \(device.outcome)",
        severity: isConfined ? .note : nil)
    }
  }
}

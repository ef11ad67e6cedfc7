import DeviceTree
import Diagnostics
import GuestView

/// Without the driver of its transport a device isn't there.
enum TransportNotBuilt: Rule {
  static let id = "guest/transport-not-built"
  static let severity = Severity.error
  static let summary = "the kernel was built without the driver that devices are reached by"
  static let rationale = """
    A virtio,mmio node is a device for the driver of CONFIG_VIRTIO_MMIO alone, and a PCI host that a tree \
    describes for that of CONFIG_PCI_HOST_GENERIC. Without them nobody asks for the node.
    """
  static let consequence = "the devices never come up, without a word"
  static let help =
    "build the kernel with the option, or describe the devices behind another transport"
  static let sources = [
    Source.linux("drivers/virtio/virtio_mmio.c"),
    .linux("drivers/pci/controller/pci-host-generic.c"),
  ]
  static let needs: Inputs = [.tree, .guestConfiguration]

  static let good = [Example(guest: GuestExamples.kernel(asModules: [.virtioMMIO]), "/ { };")]
  static let bad = [
    Example(
      guest: GuestExamples.kernel(without: [.virtioMMIO]),
      """
      &disk {
        compatible = "virtio,mmio";  // finding
      };
      """),
    Example(
      in: .pci, guest: GuestExamples.kernel(without: [.pciHostGeneric]),
      """
      &pci {
        compatible = "pci-host-ecam-generic";  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let guest = view.guest else { return }
    var isToldOfMMIO = guest.has(.virtioMMIO)
    for device in view.dmaDevices {
      let option: GuestOption
      switch device.kind {
      case .virtioMMIO where !isToldOfMMIO:
        isToldOfMMIO = true
        option = .virtioMMIO
      case .pciHost where !guest.has(.pciHostGeneric) && isGeneric(device.node):
        option = .pciHostGeneric
      default: continue
      }
      guard let compatible = device.node.property("compatible") else { continue }
      report(
        "\(guest.name) has no driver for this transport", at: .property(compatible),
        found: "CONFIG_\(option.rawValue) is not set", expected: "CONFIG_\(option.rawValue)=y or m")
    }
  }

  private static func isGeneric(_ host: FlattenedTree.Node) -> Bool {
    host.isCompatible("pci-host-ecam-generic") || host.isCompatible("pci-host-cam-generic")
  }
}

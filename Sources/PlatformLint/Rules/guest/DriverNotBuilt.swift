import DeviceTree
import Diagnostics
import GuestView

/// Without its driver a virtio device stays idle.
enum DriverNotBuilt: Rule {
  static let id = "guest/driver-not-built"
  static let severity = Severity.warning
  static let summary = "the kernel was built without the driver of a device"
  static let rationale = "The transport finds the device, and nobody takes it."
  static let consequence = "the device stays idle, without a word"
  static let help = "build the kernel with the option, or leave the device out"
  static let sources = [Source.linux("drivers/virtio/virtio.c", "virtio_dev_match")]
  static let needs: Inputs = [.tree, .features, .guestConfiguration]

  static let good = [example(GuestExamples.kernel(asModules: [.virtioBlk]), "")]
  static let bad = [example(GuestExamples.kernel(without: [.virtioBlk]), "  // finding")]

  private static func example(_ guest: GuestConfiguration, _ marker: String) -> Example {
    Example(
      features: DeviceFeatures(devices: GuestExamples.usualFeatures), guest: guest,
      """
      &disk {\(marker)
        dma-coherent;
      };
      """)
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let guest = view.guest else { return }
    for device in view.dmaDevices + view.hiddenFunctions {
      guard let type = device.features?.type, let driver = GuestOption.driver(ofType: type),
        !guest.has(driver)
      else { continue }
      report(
        "\(guest.name) has no driver for this device", at: .device(device),
        found: "CONFIG_\(driver.rawValue) is not set", expected: "CONFIG_\(driver.rawValue)=y or m")
    }
  }
}

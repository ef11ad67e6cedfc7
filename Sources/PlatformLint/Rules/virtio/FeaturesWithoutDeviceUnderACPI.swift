import ACPI
import Diagnostics
import GuestView

/// What offers features has to be in the namespace.
enum FeaturesWithoutDeviceUnderACPI: TableRule {
  static let id = "virtio/features-without-device-under-acpi"
  static let severity = Severity.error
  static let summary = "features are given of a device that the tables do not have"
  static let rationale = """
    Features are found by the path of a device in the namespace. Those of a path that isn't there are nobody's, and the \
    device that they were meant for is judged without them.
    """
  static let consequence = """
    the device comes up as the VMM makes it, and nothing that was said here tells how
    """
  static let help = """
    give the path of the device, as \\_SB.VR00, or of its PCI host together with its function; name all tables of the \
    machine
    """
  static let exceptions = "Functions of a host that is there."
  static let sources = [Source.virtio("2.2")]
  static let needs: Inputs = [.tables, .features]
  static let goodTables = [TableExample([TableExamples.virtio()]).with(features: [offer("VIO0")])]
  static let badTables = [
    TableExample(at: ["SSDT"], [TableExamples.virtio()]).with(features: [
      offer("VIO0"), offer("VIO1"),
    ])
  ]

  private static func offer(_ name: String) -> DeviceFeatures.Device {
    .init(node: "\\_SB." + name, type: 2, featureBits: [32, 33])
  }

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    guard let features = view.features, !view.set.tables.isEmpty else { return }
    for device in features.devices where view.device(spelt: device.node) == nil {
      report(
        "there is no such device", at: view.place(ofTable: 0), found: device.node,
        expected: "the path of a virtio device or of its PCI host in the namespace")
    }
  }
}

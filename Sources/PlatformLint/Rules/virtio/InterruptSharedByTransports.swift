import DeviceTree
import Diagnostics
import GuestView

/// Two virtio-mmio devices on one line work, and call each other's handlers.
enum InterruptSharedByTransports: Rule {
  static let id = "virtio/interrupt-shared-by-transports"
  static let severity = Severity.note
  static let summary = "two virtio-mmio devices have the same interrupt"
  static let rationale = """
    The driver asks for its line as one that may be shared, so this works: whenever the line rises, every \
    device on it is asked whether it was the one. That costs an exit to the VMM for each of them, and an \
    edge of one that comes while another is being served has to be looked for.
    """
  static let consequence = "each interrupt of one device makes the guest ask the other one too"
  static let help = "give each device an interrupt of its own, as far as the machine has them"
  static let exceptions = """
    Devices of which one has another trigger, which has a rule of its own, and lines that are shared with \
    another kind of device.
    """
  static let sources = [
    Source.linux("drivers/virtio/virtio_mmio.c", "vm_find_vqs", "vm_interrupt"),
    .virtio("4.2.2.2"),
  ]
  static let silencedBy: [any Rule.Type] = [InterruptTriggerClash.self]
  static let good = [
    Example(
      """
      &net {
        interrupts = <0 17 1>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &net {
        interrupts = <0 16 1>;  // finding
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for use in report.shared.sharedInterrupts {
      guard use.first.property.node.isCompatible("virtio,mmio"),
        use.second.property.node.isCompatible("virtio,mmio"),
        use.first.trigger == use.second.trigger
      else { continue }
      report(
        "\(use.second.name) is also the interrupt of \(use.first.property.node.name)",
        at: use.second.spot, found: use.second.name, expected: "an interrupt of its own",
        related: [Party("has the same interrupt", at: use.first.spot)])
    }
  }
}

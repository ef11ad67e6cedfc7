import DeviceTree
import Diagnostics
import GuestView

/// Only virtio devices may share an interrupt.
enum InterruptShared: Rule {
  static let id = "structure/interrupt-shared"
  static let severity = Severity.warning
  static let summary = "two enabled devices have the same interrupt"
  static let rationale = """
    A line can be shared if every driver on it asks for that. The virtio-mmio driver does; most \
    others do not, and the second one to ask is refused.
    """
  static let consequence = "the second driver that asks for the interrupt fails with error -16"
  static let help = "give each device an interrupt of its own"
  static let exceptions = """
    Two virtio devices, which have a rule of their own; a node inside the other, interrupts that are private to a CPU, and \
    controllers other than a GIC, a PLIC or an APLIC.
    """
  static let sources = [
    Source.linux("kernel/irq/manage.c", "__setup_irq"),
    .linux("drivers/virtio/virtio_mmio.c", "vm_find_vqs"),
  ]
  static let silencedBy: [any Rule.Type] = [InterruptTriggerClash.self]
  static let good = [
    Example(
      """
      &net {
        interrupts = <0 18 1>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &disk {
        interrupts = <0 1 4>;  // finding
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for use in report.shared.sharedInterrupts {
      let bothVirtio =
        use.first.property.node.isCompatible("virtio,mmio")
        && use.second.property.node.isCompatible("virtio,mmio")
      guard !bothVirtio, use.first.trigger == use.second.trigger else { continue }
      report(
        "\(use.second.name) is also the interrupt of \(use.first.property.node.name)",
        at: use.second.spot, found: use.second.name, expected: "an interrupt of its own",
        related: [Party("has the same interrupt", at: use.first.spot)])
    }
  }
}

import DeviceTree
import Diagnostics
import GuestView

/// A virtio-mmio device needs an interrupt.
enum NoInterrupt: Rule {
  static let id = "virtio/no-interrupt"
  static let severity = Severity.error
  static let summary = "a virtio-mmio device has no interrupt"
  static let rationale = """
    The transport comes up without an interrupt, and its driver asks for one when it sets up the \
    first queue.
    """
  static let consequence = "no driver binds to the device"
  static let logLine: String? = "virtio-mmio <device>: error -6: IRQ index 0 not found"
  static let help = """
    add interrupts with one specifier, as the interrupt controller has it: <0 number 1> for a GIC
    """
  static let sources = [
    Source.linux("drivers/virtio/virtio_mmio.c", "vm_find_vqs"), .binding("virtio/mmio.yaml"),
    .observed("without interrupts or with two cells: error -6"),
  ]
  static let silencedBy: [any Rule.Type] = [InterruptsWithoutParent.self]
  static let good = [
    Example(
      """
      &disk {
        /delete-property/ interrupts;
        interrupts-extended = <&gic 0 16 1>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &disk {  // finding
        /delete-property/ interrupts;
      };
      """),
    Example(
      """
      &disk {
        interrupts = <0 16>;  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for device in view.virtioMMIO where view.interrupts(of: device.node).isEmpty {
      let node = device.node
      guard let property = node.property("interrupts-extended") ?? node.property("interrupts")
      else {
        report("the device has no interrupt", at: .node(node), expected: "interrupts")
        continue
      }
      // A reference that leads nowhere is told of as what it is.
      if property.name == "interrupts-extended", property.count > 0,
        report.shared.references.counts[property.index] < 0
      {
        continue
      }
      guard let controller = view.interruptParent(of: node) else { continue }
      let cells = controller.property("#interrupt-cells")?.cell(0)
      report(
        "the interrupt can not be read", at: .property(property), found: "\(property.count) bytes",
        expected: cells.map { "\($0) cells of 4 bytes" },
        related: [Party("is the interrupt controller", at: .node(controller))])
    }
  }
}

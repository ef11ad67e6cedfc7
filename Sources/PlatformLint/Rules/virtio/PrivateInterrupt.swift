import DeviceTree
import Diagnostics
import GuestView

/// A virtio device needs a shared interrupt, not one private to a CPU.
enum PrivateInterrupt: Rule {
  static let id = "virtio/private-interrupt"
  static let severity = Severity.error
  static let summary = "the interrupt of a virtio device is private to a CPU"
  static let rationale = """
    The first cell of a GIC's specifier says whether an interrupt is shared (0) or private to each \
    CPU (1). Devices raise shared ones; private ones belong to the timer and the like. On RISC-V all \
    interrupts of a hart's own controller are private to the hart.
    """
  static let consequence = "the kernel refuses the interrupt, and no driver binds to the device"
  static let logLine: String? = "probe with driver virtio_blk failed with error -22"
  static let help = """
    for a GIC write 0 in the first cell and the interrupt ID − 32 in the second; on RISC-V name the PLIC \
    or APLIC in interrupt-parent, and its source
    """
  static let sources = [
    Source.binding("interrupt-controller/arm,gic-v3.yaml"),
    .linux("kernel/irq/manage.c", "request_threaded_irq"),
    .linux("drivers/irqchip/irq-riscv-intc.c", "riscv_intc_domain_map"),
    .observed("a warning, and the driver fails with error -22"),
  ]
  static let good = [
    Example(
      """
      &disk {
        interrupts = <0 16 1>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &disk {
        interrupts = <1 9 1>;  // finding
      };
      """),
    Example(
      in: .riscv,
      """
      &disk {
        interrupt-parent = <&intc>;
        interrupts = <1>;  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for device in view.virtioMMIO {
      for interrupt in view.interrupts(of: device.node) {
        if interrupt.controller.isCompatible("riscv,cpu-intc") {
          report(
            "the interrupt is private to a hart",
            at: .element(interrupt.property, interrupt.index, cells: interrupt.cells),
            found: interrupt.controller.path, expected: "a source of the PLIC or APLIC")
          continue
        }
        guard let gic = interrupt.gic, gic.kind == .ppi || gic.kind == .extendedPPI else {
          continue
        }
        let kind = interrupt.cells.lowerBound..<(interrupt.cells.lowerBound + 1)
        report(
          "the interrupt is private to each CPU",
          at: .cells(
            interrupt.property, kind, "\(interrupt.property.name)[\(interrupt.index)].type"),
          found: gic.name, expected: "an SPI (type 0)")
      }
    }
  }
}

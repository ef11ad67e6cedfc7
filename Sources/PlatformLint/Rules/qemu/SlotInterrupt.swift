import DeviceTree
import Diagnostics
import GuestView

/// A slot of QEMU has one interrupt.
enum SlotInterrupt: TargetRule {
  static let id = "qemu/slot-interrupt"
  static let profile: TargetName? = .qemuVirt
  static let severity = Severity.error
  static let summary = "a virtio-mmio device has another interrupt than its slot"
  static let rationale = """
    Slot n, at 0xa000000 and n times 0x200, raises SPI 16 + n, by edges. The tree can't change that.
    """
  static let consequence = "the guest never hears of the device, and the first request to it hangs"
  static let help = "write the interrupt of the slot"
  static let sources = [Source.qemu("hw/arm/virt.c", "a15irqmap", "create_virtio_devices")]
  static let good = [Example("&disk {\n  interrupts = <0 16 1>;\n};")]
  static let bad = [Example("&disk {\n  interrupts = <0 18 1>;  // finding\n};")]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for device in view.virtioMMIO {
      guard let range = view.registers(of: device.node).first?.range,
        let slot = VirtSlot(at: range.first),
        let interrupt = view.interrupts(of: device.node).first, let gic = interrupt.gic,
        gic.kind != .spi || gic.number != slot.spi
      else { continue }
      report(
        "the slot has another interrupt",
        at: .element(interrupt.property, interrupt.index, cells: interrupt.cells),
        found: gic.name, expected: "SPI \(slot.spi)")
    }
  }
}

/// What the nodes of a machine are called: the generic names, or those that a VMM writes.
///
/// A description that borrows a VMM's machine takes its names too, so that both trees can be laid
/// side by side.
///
/// **Source:** Devicetree Specification 0.4, section 2.2.2 (generic names).
struct NodeNames {
  var interruptController = "interrupt-controller"
  var its = "msi-controller"
  var serial = "serial"
  var rtc = "rtc"
  var gpio = "gpio"
  var tpm = "tpm"
  var virtioMMIO = "virtio"
  var peripheralClock = "clock-24000000"
  /// QEMU writes a processor's index, in decimal, where the specification wants its `reg`.
  var cpuUnitAddressIsIndex = false

  static let generic = NodeNames()

  /// **Source:** QEMU 7.2, `hw/arm/virt.c`.
  static let qemuVirt = NodeNames(
    interruptController: "intc", its: "its", serial: "pl011", rtc: "pl031", gpio: "pl061",
    tpm: "tpm_tis", virtioMMIO: "virtio_mmio", peripheralClock: "apb-pclk",
    cpuUnitAddressIsIndex: true)
}

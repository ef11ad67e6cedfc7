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
  var pcieHost = "pcie"
  var pciHost = "pci"
  /// QEMU takes the window for memory, where the specification wants `reg`.
  var pciHostIsNamedAfterItsMemory = false
  var virtioPCI = "virtio"
  var virtioIOMMU = "iommu"
  var smmuv3 = "iommu"
  /// The order of `interrupt-names`: the kernel binding has one, of which QEMU knows nothing.
  var smmuInterrupts: [SMMUInterrupt] = [.eventq, .gerror, .priq, .cmdqSync]

  static let generic = NodeNames()

  /// **Source:** QEMU 7.2, `hw/arm/virt.c`.
  static let qemuVirt = NodeNames(
    interruptController: "intc", its: "its", serial: "pl011", rtc: "pl031", gpio: "pl061",
    tpm: "tpm_tis", virtioMMIO: "virtio_mmio", peripheralClock: "apb-pclk",
    cpuUnitAddressIsIndex: true, pciHostIsNamedAfterItsMemory: true,
    virtioIOMMU: "virtio_iommu", smmuv3: "smmuv3",
    smmuInterrupts: [.eventq, .priq, .cmdqSync, .gerror])
}

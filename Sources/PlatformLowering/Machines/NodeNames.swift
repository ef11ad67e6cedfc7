/// What the nodes of a machine are called: the generic names, or those that a VMM writes.
///
/// A description that borrows a VMM's machine takes its names too, so that both trees can be laid
/// side by side. Unit addresses are ours throughout: several VMMs leave them out.
///
/// **Source:** Devicetree Specification 0.4, section 2.2.2 (generic names).
struct NodeNames {
  var interruptController = "interrupt-controller"
  /// The supervisor's domain and the machine's have one name.
  var aplic = "interrupt-controller"
  var its = "msi-controller"
  var imsic = "msi-controller"
  var clint = "timer"
  var serial = "serial"
  var ns16550 = "serial"
  var rtc = "rtc"
  var gpio = "gpio"
  var tpm = "tpm"
  var virtioMMIO = "virtio"
  var peripheralClock = "clock-24000000"
  /// What stands behind the `@` of a processor's node.
  var cpuUnitAddress = CPUUnitAddress.reg
  var pcieHost = "pcie"
  var pciHost = "pci"
  /// QEMU takes the window for memory, where the specification wants `reg`.
  var pciHostIsNamedAfterItsMemory = false
  var virtioPCI = "virtio"
  var virtioIOMMU = "iommu"
  var smmuv3 = "iommu"
  /// The order of `interrupt-names`: the kernel binding has one, of which QEMU knows nothing.
  var smmuInterrupts: [SMMUInterrupt] = [.eventq, .gerror, .priq, .cmdqSync]

  enum CPUUnitAddress {
    /// `reg` in hexadecimal, as the specification wants it.
    case reg
    /// The processor's index in decimal, as QEMU writes it.
    case decimalIndex
    /// The processor's index in hexadecimal.
    case index
  }

  static let generic = NodeNames()
}

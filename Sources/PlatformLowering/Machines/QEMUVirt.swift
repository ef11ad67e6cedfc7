import PlatformDescription

/// The address map of QEMU's `virt` machine for arm64.
///
/// **Source:** QEMU 7.2, `hw/arm/virt.c`: `base_memmap` and `a15irqmap`.
enum QEMUVirt {
  static let gicDistributor: GuestAddress = 0x0800_0000
  static let gicCPUInterface: GuestAddress = 0x0801_0000
  static let gicCPUInterfaceSize = ByteCount.kib(64)
  static let gicV2M: GuestAddress = 0x0802_0000
  static let gicITS: GuestAddress = 0x0808_0000
  static let gicRedistributors: GuestAddress = 0x080a_0000
  static let gicRedistributorsSize = ByteCount.bytes(0xf6_0000)
  static let uart: GuestAddress = 0x0900_0000
  static let uartInterrupt = Interrupt.spi(1, .levelHigh)
  static let memory: GuestAddress = 0x4000_0000
  /// `NUM_VIRTIO_TRANSPORTS` is 32; they are edge-triggered.
  static let slots = MMIOSlots(
    at: 0x0a00_0000, count: 32, firstInterrupt: .spi(16, .edgeRising))
  /// The redistributor region holds 123; the second region behind RAM is not described here.
  static let maximumCPUs = 123

  /// What the machine always has.
  static func elements(_ machine: Machine, declaration: Declaration) -> [Element] {
    // Everything here was written by one line of the description: the VirtualMachine's.
    let origin = Declaration(declaration.location)
    var elements: [any Component] = [
      Memory(at: memory, size: machine.memory),
      // QEMU writes enable-method only where there is a processor to be started.
      CPUs(
        machine.cpus, compatible: machine.cpuCompatible,
        enableMethod: machine.cpus > 1 ? .psci : nil),
      PSCI(.v1, method: .hvc),
      ArchTimer(),
      PL011(at: uart, interrupt: uartInterrupt),
    ]
    switch machine.gic {
    case .v2:
      elements.append(
        GICv2(
          distributor: gicDistributor, cpuInterface: gicCPUInterface,
          cpuInterfaceSize: gicCPUInterfaceSize
        ) { GICv2M(at: gicV2M) })
    case .v3:
      elements.append(
        GICv3(
          distributor: gicDistributor, redistributors: gicRedistributors,
          redistributorsSize: gicRedistributorsSize
        ) { ITS(at: gicITS) })
    }
    return elements.map { component in
      var component = component
      component.declaration = origin
      return component.element
    }
  }
}

import PlatformDescription

/// A VMM's machine: what it has before a description adds anything, and how it writes it down.
struct Preset {
  /// The root's `compatible`, where the description doesn't say.
  var compatible = "linux,dummy-virt"
  /// The root's `model`; nil for the machine's name, where the VMM writes none.
  var model: String?
  var names = NodeNames.generic
  var habits = Habits.none
  /// What it always has, at the root.
  var components: [any Component]
  /// What it always has on its bus, ``Habits/bus``.
  var onBus: [any Component] = []
  /// Its windows for virtio-mmio; nil for a machine whose virtio devices are on PCI.
  var slots: MMIOSlots?
  /// The size that it offers for every queue on virtio-mmio, whatever a device asks for; 0 for what the
  /// device asks for.
  var leastQueueSize = 0
  /// Where it loads something that no tree speaks of, besides the start and the end of memory.
  var keptFree: [Occupancy.Claim] = []
  /// The PCI host that it has, and what is said of it where a description gives no address; nil for a
  /// machine without one.
  var pci: MachinePCI?
  /// The most processors that its map has room for.
  var maximumCPUs: Int
  /// The least RAM that it runs with.
  var minimumMemory = ByteCount.bytes(1)
  /// The most RAM that its map has room for.
  var maximumMemory: ByteCount
  /// The versions of the interrupt controller that it comes in; empty on riscv64.
  var gicVersions: [Machine.GICVersion] = []
  /// The options that it has besides.
  var options: [String] = []

  /// The machine of a virtual machine.
  ///
  /// - Parameters:
  ///   - machine: Which, and with what options.
  ///   - elements: What the description adds: some VMMs number interrupts around it.
  init(_ machine: Machine, adding elements: [Element]) {
    switch machine.kind {
    case .qemuVirt: self = QEMUVirt.preset(machine)
    case .qemuVirtRISCV64: self = QEMUVirtRISCV64.preset(machine)
    case .crosvm: self = Crosvm.preset(machine)
    case .firecracker: self = Firecracker.preset(machine, adding: elements)
    case .cloudHypervisor: self = CloudHypervisor.preset(machine)
    case .kvmtool: self = Kvmtool.preset(machine, adding: elements)
    }
  }

  init(
    _ components: [any Component], maximumCPUs: Int, maximumMemory: ByteCount
  ) {
    self.components = components
    self.maximumCPUs = maximumCPUs
    self.maximumMemory = maximumMemory
  }

  /// The size of memory from `start` up to the end of what 48 bits of address reach.
  ///
  /// **Source:** Arm Architecture Reference Manual, DDI 0487, section D8.1.7: without FEAT_LPA an
  /// output address has 48 bits.
  static func memory(from start: GuestAddress) -> ByteCount {
    .bytes((1 << 48) - min(start.value, 1 << 48))
  }

  /// The size of memory from `start` up to where guest-physical addresses end.
  static func memory(from start: GuestAddress, addressBits: Int?) -> ByteCount {
    .bytes(max(end(ofAddressBits: addressBits), start.value) - start.value)
  }

  /// What lies between `start` and where guest-physical addresses end; nil for nothing.
  static func window(from start: GuestAddress, addressBits: Int?) -> AddressRange? {
    let size = memory(from: start, addressBits: addressBits)
    return size.bytes == 0 ? nil : AddressRange(at: start, size: size)
  }

  /// Where guest-physical addresses end, where the host decides.
  ///
  /// **Source:** Linux `Documentation/virt/kvm/api.rst`, KVM_CAP_ARM_VM_IPA_SIZE: 40 bits unless a VMM
  /// asks for more.
  static func end(ofAddressBits bits: Int?) -> UInt64 {
    1 << UInt64(min(max(bits ?? 40, addressBits.lowerBound), addressBits.upperBound))
  }

  /// How many bits a guest-physical address can have: enough for RAM above 4 GiB, and what FEAT_LPA has.
  static let addressBits = 34...52

  /// As many virtual processors as KVM's GICv3 serves.
  ///
  /// **Source:** Linux `include/kvm/arm_vgic.h`, `VGIC_V3_MAX_CPUS`.
  static let kvmMaximumCPUs = 512
}

import VMMInterface

/// Takes the tables of a machine that hasn't started, as its firmware would.
struct QEMUTableReader {
  let monitor: QEMUMonitor
  let launch: QEMULaunch
  let patience: VMMPatience
  /// What messages call QEMU.
  let name: String
  /// Where the machine has the configuration space of PCI in memory; nil where its tree doesn't say.
  var configurationSpace: UInt64?

  /// The tables; none where the machine has none, or no interface for firmware that is known here.
  ///
  /// The buses of `machine` get numbers first, where some of its devices are behind bridges.
  ///
  /// The machine isn't the same afterwards: QEMU takes its tables for fetched, and makes no others when firmware
  /// comes for them. A reset mends that.
  ///
  /// **Source:** QEMU 7.2 `hw/i386/acpi-build.c`, `hw/arm/virt-acpi-build.c`: `acpi_build_update` and
  /// `virt_acpi_build_update`, which do nothing where they were `patched`.
  ///
  /// - Throws: ``GateStop``.
  func read(
    of board: QEMUMonitor.Board, _ machine: inout QEMUMachine
  ) throws(GateStop) -> [[UInt8]] {
    let memory = MachineMemory(
      socket: VMMSocket(launch.memory, launch.vmm, name: name, patience))
    guard
      let interface = FirmwareInterface(
        memory, target: board.target, machineType: board.machineType)
    else { return [] }
    try monitor.openMemory()
    if board.machineType.hasPrefix("pc-q35-") { try placeConfigurationSpace(memory) }
    if !machine.bridges.isEmpty,
      let access = board.isPC ? .ports : configurationSpace.map(PCIBusNumbering.Access.memory)
    {
      let bridges = try PCIBusNumbering(memory: memory, access: access).number()
      for bus in machine.bridges {
        machine.busNumbers[bus] = try monitor.number(ofBus: bus, among: bridges)
      }
    }
    let tables = try QEMUTableFile.read(interface)
    try interface.restore()
    try monitor.closeMemory()
    return tables
  }

  /// Tells q35 where the configuration space of PCI is, of which it has no table before firmware has done so.
  ///
  /// **Source:** SeaBIOS 1.16 `src/fw/dev-q35.h`, `Q35_HOST_BRIDGE_PCIEXBAR_ADDR`; `src/fw/pciinit.c`,
  /// `mch_mmconfig_setup`.
  private func placeConfigurationSpace(_ memory: MachineMemory) throws(GateStop) {
    // Function 0 of the first bus, its register 0x60: an address, and that it counts.
    try memory.write(0x8000_0060, toPort: 0xcf8)
    try memory.write(0xb000_0001, toPort: 0xcfc)
  }
}

import PlatformDescription

/// The machines of VMMs, as they are written.
enum MachineText {
  static func text(of machine: Machine) -> String {
    var arguments: [String] = []
    if let gic = machine.gic, machine.kind != .cloudHypervisor {
      arguments.append("gic: .\(gic.rawValue)")
    }
    if let controller = machine.interruptController, controller != .plic {
      arguments.append("interruptController: .\(controller.rawValue)")
    }
    if let isa = machine.isa { arguments.append("isa: \(Literals.string(isa))") }
    if machine.isaExtensions == false { arguments.append("isaExtensions: false") }
    if machine.kind == .kvmtool, machine.its == false { arguments.append("its: false") }
    if machine.pci == true { arguments.append("pci: true") }
    if machine.kind != .qemuVirtRISCV64, machine.cpuCompatible != usualCPU(of: machine.kind) {
      arguments.append("cpuCompatible: \(Literals.string(machine.cpuCompatible))")
    }
    if machine.kind == .qemuVirt, machine.its == false { arguments.append("its: false") }
    if machine.highmem == false { arguments.append("highmem: false") }
    if machine.virtualization == true { arguments.append("virtualization: true") }
    if machine.firmware == true { arguments.append("firmware: true") }
    return ".\(machine.kind.rawValue)(\(arguments.joined(separator: ", ")))"
  }

  /// The processors of a machine of which nothing else is said.
  private static func usualCPU(of kind: Machine.Kind) -> String {
    switch kind {
    case .qemuVirt: "arm,cortex-a57"
    case .qemuVirtRISCV64: "riscv"
    case .crosvm, .firecracker, .cloudHypervisor, .kvmtool: "arm,armv8"
    }
  }
}

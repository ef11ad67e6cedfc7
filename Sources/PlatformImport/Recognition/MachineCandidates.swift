import DeviceTree
import PlatformDescription

/// The machines of VMMs that a tree may be of, by what is cheap to see.
struct MachineCandidates {
  /// The machines, the likeliest first.
  private(set) var machines: [Machine] = []

  init(_ tree: FlattenedTree) {
    guard let compatible = tree.root.property("compatible"), let cpus = tree.root.child("cpus")
    else { return }
    let processors = cpus.children.filter { $0.property("device_type")?.string == "cpu" }
    guard let first = processors.first else { return }
    var candidates: [Machine] = []
    if compatible.lists("linux,dummy-virt") {
      candidates = Self.arm64(tree, first.property("compatible")?.string ?? "")
    } else if compatible.lists("riscv-virtio") {
      candidates = Self.riscv64(tree, first)
    }
    var size: UInt64 = 0
    for node in tree.root.children where node.property("device_type")?.string == "memory" {
      guard let reg = node.property("reg") else { continue }
      for cell in stride(from: 0, to: reg.cellCount - 3, by: 4) {
        let (sum, overflow) = size.addingReportingOverflow(reg.number(at: cell + 2, cells: 2) ?? 0)
        if !overflow { size = sum }
      }
    }
    machines = candidates.map { machine in
      var machine = machine
      machine.cpus = processors.count
      // The first 2 MiB of Firecracker's are no RAM of the guest's.
      let isFirecracker = machine.kind == .firecracker
      machine.memory = .bytes(size) + (isFirecracker ? .mib(2) : .bytes(0))
      return machine
    }
  }

  private static func arm64(_ tree: FlattenedTree, _ cpu: String) -> [Machine] {
    let controller = tree.root.children.first { ImportedController.Kind(of: $0) == .gic }
    guard let controller else { return [] }
    // What a guest may do besides shows in the tree: the hypervisor's calls, and firmware's button.
    let virtualization = tree.root.child("psci")?.property("method")?.string == "smc"
    let firmware = !tree.root.children.contains {
      $0.property("compatible")?.lists("arm,pl061") == true
    }
    func qemu(_ gic: Machine.GICVersion, its: Bool = true, highmem: Bool = true) -> Machine {
      .qemuVirt(
        gic: gic, cpuCompatible: cpu, its: its, highmem: highmem,
        virtualization: virtualization && gic != .v4, firmware: firmware)
    }
    guard controller.property("compatible")?.lists("arm,gic-v3") == true else {
      return [
        qemu(.v2), qemu(.v2, highmem: false), .kvmtool(gic: .v2, cpuCompatible: cpu),
        .crosvm(gic: .v2, cpuCompatible: cpu), .firecracker(gic: .v2, cpuCompatible: cpu),
      ]
    }
    let its = controller.children.contains {
      $0.property("compatible")?.lists("arm,gic-v3-its") == true
    }
    return [
      qemu(.v3, its: its), qemu(.v3, its: its, highmem: false), qemu(.v4, its: its),
      .kvmtool(gic: .v3, its: its, cpuCompatible: cpu), .crosvm(gic: .v3, cpuCompatible: cpu),
      .firecracker(gic: .v3, cpuCompatible: cpu),
      .firecracker(gic: .v3, pci: true, cpuCompatible: cpu),
      .cloudHypervisor(cpuCompatible: cpu),
    ]
  }

  private static func riscv64(
    _ tree: FlattenedTree, _ hart: FlattenedTree.Node
  ) -> [Machine] {
    let isa = hart.property("riscv,isa")?.string
    let isaExtensions = hart.has("riscv,isa-extensions")
    let devices = tree.root.child("soc").map { Array($0.children) } ?? []
    func has(_ compatible: String) -> Bool {
      devices.contains { $0.property("compatible")?.lists(compatible) == true }
    }
    let controller: Machine.RISCVInterruptController =
      !has("riscv,aplic") ? .plic : has("riscv,imsics") ? .aplicIMSIC : .aplic
    return [
      .qemuVirtRISCV64(interruptController: controller, isaExtensions: isaExtensions),
      .qemuVirtRISCV64(
        interruptController: controller, isa: isa, isaExtensions: isaExtensions),
    ]
  }
}

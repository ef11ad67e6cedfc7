import DeviceTree
import PlatformDescription

extension MachineLowering {
  mutating func lower(_ noun: CPUs) {
    let location = noun.declaration.location
    guard isFirst("CPUs", at: location) else { return }
    let most = gic == .gicv2 ? 8 : 4096
    guard (1...most).contains(noun.count) else {
      mistake(
        "description/too-many-cpus",
        noun.count < 1
          ? "a machine has at least one processor, not \(noun.count)"
          : "\(gic == .gicv2 ? "a GICv2 serves" : "there are") at most \(most) processors, not \(noun.count)",
        at: location, help: noun.count < 1 ? nil : gic == .gicv2 ? "use a GICv3" : nil)
      return
    }
    var cpus = DraftNode("cpus", declaration: noun.declaration)
    cpus.set("#address-cells", .u32(1))
    cpus.set("#size-cells", .u32(0))
    // QEMU writes the topology; one socket of one cluster says the same as none.
    let writesMap = machine.machine != nil
    if writesMap { cpus.children.append(cpuMap(noun.count)) }
    for index in 0..<noun.count {
      let affinity = affinity(of: index)
      let unitAddress =
        names.cpuUnitAddressIsIndex ? "\(index)" : String(affinity, radix: 16)
      var cpu = DraftNode("cpu@" + unitAddress, target: .cpu(index))
      cpu.set("device_type", .string("cpu"))
      cpu.set("compatible", .string(noun.compatible))
      cpu.set("reg", .u32(affinity))
      if let method = noun.enableMethod { cpu.set("enable-method", .string(method.rawValue)) }
      cpus.children.append(cpu)
    }
    finish(&cpus)
    system.append(cpus)
  }

  /// The affinity fields of a processor's MPIDR.
  ///
  /// A GICv3's target list names 16 processors, a GICv2's 8: VMMs make clusters of that size.
  ///
  /// **Source:** QEMU `hw/arm/virt.c`, `virt_cpu_mp_affinity`; kvmtool `arm/kvm-cpu.c`.
  private func affinity(of index: Int) -> UInt32 {
    let cluster = gic == .gicv2 ? 8 : 16
    return UInt32((index / cluster) << 8 | index % cluster)
  }

  /// **Source:** kernel binding `cpu/cpu-topology.txt`.
  private func cpuMap(_ count: Int) -> DraftNode {
    var cluster = DraftNode("cluster0")
    for index in 0..<count {
      var core = DraftNode("core\(index)")
      core.set("cpu", .cells([.phandle(.cpu(index))]))
      cluster.children.append(core)
    }
    var socket = DraftNode("socket0")
    socket.children = [cluster]
    var map = DraftNode("cpu-map")
    map.children = [socket]
    return map
  }
}

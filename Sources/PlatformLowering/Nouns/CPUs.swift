import DeviceTree
import PlatformDescription

extension MachineLowering {
  mutating func lower(_ noun: CPUs) {
    let location = noun.declaration.location
    guard isFirst("CPUs", at: location) else { return }
    guard hasRoom(for: noun.count, at: location) else { return }
    if noun.compatible.isEmpty || noun.compatible.utf8.contains(0) {
      mistake(
        "description/invalid-text",
        noun.compatible.isEmpty
          ? "'compatible' of the processors is empty"
          : "'compatible' of the processors contains a NUL",
        at: location, help: "name the core as bindings do: arm,cortex-a57")
      return
    }
    var cpus = DraftNode("cpus", declaration: noun.declaration)
    cpus.set("#address-cells", .u32(UInt32(habits.cpuAddressCells)))
    cpus.set("#size-cells", .u32(0))
    if habits.cpuMap != .none { cpus.children.append(cpuMap(noun.count)) }
    switch (architecture, noun.hart) {
    case (.arm64, nil):
      for index in 0..<noun.count { cpus.children.append(processor(index, of: noun)) }
    case (.riscv64, let hart?):
      guard let isa = isa(of: hart, at: location) else { return }
      cpus.set("timebase-frequency", .u32(UInt32(hart.timebaseFrequency)))
      for index in 0..<noun.count {
        cpus.children.append(self.hart(index, of: noun, hart, isa: isa))
      }
    case (.arm64, _?), (.riscv64, nil), (.x86_64, _), (.ppc64, _), (.s390x, _):
      mistake(
        "description/other-architecture",
        "these processors are none of \(architecture.rawValue), and '\(machine.name)' is",
        at: location,
        help: architecture == .arm64
          ? "leave 'isa:', 'mmuType:' and 'timebaseFrequency:' out"
          : "say 'isa:', 'mmuType:' and 'timebaseFrequency:' too")
      return
    }
    finish(&cpus)
    system.append(cpus)
  }

  /// Whether a machine can have so many processors; where not, there is a mistake.
  mutating func hasRoom(for count: Int, at location: SourceLocation?) -> Bool {
    guard count >= 1 else {
      mistake(
        "description/too-many-cpus", "a machine has at least one processor, not \(count)",
        at: location)
      return false
    }
    if interruptController == .gicv2, count > 8 {
      mistake(
        "description/too-many-cpus", "a GICv2 serves at most 8 processors, not \(count)",
        at: location, help: "use a GICv3")
      return false
    }
    if let maximumCPUs, count > maximumCPUs {
      mistake(
        "description/too-many-cpus",
        "this machine has room for \(maximumCPUs) processors, not \(count)", at: location,
        help: "give it fewer")
      return false
    }
    if count > Self.mostCPUs {
      mistake(
        "description/too-many-cpus",
        "there are at most \(Self.mostCPUs) processors, not \(count)", at: location)
      return false
    }
    return true
  }

  private func processor(_ index: Int, of noun: CPUs) -> DraftNode {
    let affinity = affinity(of: index)
    var cpu = DraftNode("cpu@" + unitAddress(of: index, reg: affinity), target: .cpu(index))
    cpu.set("device_type", .string("cpu"))
    cpu.set("compatible", .string(noun.compatible))
    cpu.set("reg", .cells(habits.cpuAddressCells == 2 ? [0, affinity] : [affinity]))
    if let method = noun.enableMethod { cpu.set("enable-method", .string(method.rawValue)) }
    return cpu
  }

  func unitAddress(of index: Int, reg: UInt32) -> String {
    switch names.cpuUnitAddress {
    case .reg: String(reg, radix: 16)
    case .decimalIndex: "\(index)"
    case .index: String(index, radix: 16)
    }
  }

  /// The affinity fields of a processor's MPIDR.
  ///
  /// A GICv3's target list names 16 processors, a GICv2's 8: VMMs make clusters of that size.
  ///
  /// **Source:** QEMU `hw/arm/virt.c`, `virt_cpu_mp_affinity`; kvmtool `arm/kvm-cpu.c`.
  func affinity(of index: Int) -> UInt32 {
    let cluster = interruptController == .gicv2 ? 8 : 16
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
    var map = DraftNode("cpu-map")
    if habits.cpuMap == .socket {
      var socket = DraftNode("socket0")
      socket.children = [cluster]
      map.children = [socket]
    } else {
      map.children = [cluster]
    }
    return map
  }
}

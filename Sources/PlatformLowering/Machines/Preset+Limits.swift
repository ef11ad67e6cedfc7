import PlatformDescription

extension MachineLowering {
  /// Says what of a VMM's machine was asked for that it can't be.
  mutating func check(_ machine: Machine, against preset: Preset) {
    let location = self.machine.declaration.location
    if machine.architecture != self.machine.architecture {
      mistake(
        "description/other-architecture",
        "this machine is \(machine.architecture.rawValue), not \(self.machine.architecture.rawValue)",
        at: location, help: "leave the architecture to the machine")
    }
    if let gic = machine.gic, !preset.gicVersions.contains(gic) {
      let versions = preset.gicVersions.map { "a GIC\($0.rawValue)" }.joined(separator: " or ")
      mistake(
        "description/no-such-option", "this machine has no GIC\(gic.rawValue)", at: location,
        help: versions.isEmpty ? "leave 'gic' out" : "it comes with \(versions)")
    }
    for option in machine.statedOptions where !preset.options.contains(option) {
      mistake(
        "description/no-such-option", "this machine has no option '\(option)'", at: location,
        help: "leave it out")
    }
    if machine.kind == .firecracker, machine.gic == .v2, machine.pci == true {
      mistake(
        "description/no-such-option",
        "a GICv2 takes no messages, and devices on Firecracker's PCI have nothing else",
        at: location, help: "leave 'gic' out, or 'pci'")
    }
    if let bits = machine.physicalAddressBits, !Preset.addressBits.contains(bits) {
      let range = Preset.addressBits
      mistake(
        "description/out-of-range",
        "a guest-physical address has \(range.lowerBound) to \(range.upperBound) bits, not \(bits)",
        at: location)
    }
    if machine.memory < preset.minimumMemory {
      mistake(
        "description/too-little-memory",
        "this machine keeps memory for itself, and leaves nothing of \(machine.memory)",
        at: location, help: "give it more")
    } else if machine.memory > preset.maximumMemory {
      mistake(
        "description/memory-beyond-map",
        "this machine has room for \(preset.maximumMemory) of memory, not \(machine.memory)",
        at: location, help: "give it less")
    }
  }
}

extension Machine {
  /// The options that were stated, besides the version of the GIC: in a model, any may be.
  fileprivate var statedOptions: [String] {
    [
      interruptController.map { _ in "interruptController" }, its.map { _ in "its" },
      highmem.map { _ in "highmem" }, virtualization.map { _ in "virtualization" },
      firmware.map { _ in "firmware" }, pci.map { _ in "pci" },
      physicalAddressBits.map { _ in "physicalAddressBits" }, swiotlb.map { _ in "swiotlb" },
      isa.map { _ in "isa" },
      isaExtensions.map { _ in "isaExtensions" },
    ].compactMap { $0 }
  }
}

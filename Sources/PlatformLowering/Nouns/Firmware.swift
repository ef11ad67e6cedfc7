import DeviceTree
import PlatformDescription

extension MachineLowering {
  mutating func lower(_ noun: PSCI) {
    guard isFirst("PSCI", at: noun.declaration.location) else { return }
    var node = DraftNode("psci", declaration: noun.declaration)
    var compatible: [String]
    switch noun.version {
    case .v02: compatible = ["arm,psci-0.2"]
    case .v1: compatible = ["arm,psci-1.0", "arm,psci-0.2"]
    }
    if habits.psciFunctions { compatible.append("arm,psci") }
    node.set("compatible", .strings(compatible))
    node.set("method", .string(noun.method.rawValue))
    if habits.psciFunctions {
      // QEMU hw/arm/boot.c, fdt_add_psci_node; kvmtool arm/fdt.c, psci_0_2_aarch64_fns.
      node.set("cpu_suspend", .u32(0xc400_0001))
      node.set("cpu_off", .u32(0x8400_0002))
      node.set("cpu_on", .u32(0xc400_0003))
      node.set("migrate", .u32(0xc400_0005))
    }
    finish(&node)
    system.append(node)
  }

  mutating func lower(_ noun: ArchTimer) {
    let location = noun.declaration.location
    guard isFirst("ArchTimer", at: location) else { return }
    var node = DraftNode("timer", declaration: noun.declaration)
    var compatible = ["arm,armv8-timer"]
    if habits.armv7Timer { compatible.append("arm,armv7-timer") }
    node.set("compatible", .strings(compatible))
    setInterrupts(noun.interrupts, of: &node, at: location)
    if noun.alwaysOn { node.set("always-on", .empty) }
    finish(&node)
    system.append(node)
  }

  mutating func lower(_ noun: Chosen) {
    guard isFirst("Chosen", at: noun.declaration.location) else { return }
    chosen.take(noun.declaration)
    if let arguments = noun.bootArguments {
      if arguments.utf8.contains(0) {
        mistake(
          "description/invalid-text", "the boot arguments contain a NUL",
          at: noun.declaration.location)
      }
      chosen.set("bootargs", .string(arguments))
    }
    if let stdout = noun.stdout { chosen.set("stdout-path", .path(Target(stdout))) }
    if let initrd = noun.initrd {
      chosen.set("linux,initrd-start", .cells(initrd.at.cells))
      chosen.set("linux,initrd-end", .cells((initrd.at + initrd.size).cells))
    }
    var finished = chosen
    // The console is decided when all serial ports are known.
    finish(
      &finished,
      pending: habits.pciProbeOnly ? ["stdout-path", "linux,pci-probe-only"] : ["stdout-path"])
    chosen = finished
  }

  mutating func lower(_ noun: Alias) {
    let location = noun.declaration.location
    refuseWordsOfNodes(noun.declaration, of: "an alias")
    guard Spelling.isPropertyName(noun.name) else {
      mistake(
        "description/invalid-name", "'\(noun.name)' can't be an alias", at: location,
        help: Spelling.propertyNameHelp)
      return
    }
    guard !aliases.properties.contains(where: { $0.name == noun.name }) else {
      mistake(
        "description/duplicate-name", "two aliases are named '\(noun.name)'", at: location,
        help: "give one of them another name")
      return
    }
    aliases.set(noun.name, .path(Target(noun.target)), at: location)
  }
}

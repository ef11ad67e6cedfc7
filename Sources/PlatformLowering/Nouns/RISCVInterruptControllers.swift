import DeviceTree
import PlatformDescription

extension MachineLowering {
  mutating func lower(_ noun: PLIC) {
    let location = noun.declaration.location
    guard isFirst("interrupt controller", at: location), hasHarts("a PLIC", at: location),
      isNumber(of: noun.sources, at: location)
    else { return }
    var node = DraftNode(
      names.interruptController, at: noun.at, declaration: noun.declaration,
      target: .interruptController)
    node.noun = Target(noun)
    node.set("compatible", .strings(["sifive,plic-1.0.0", "riscv,plic0"]))
    node.set("interrupt-controller", .empty)
    node.set("#interrupt-cells", .u32(1))
    node.set("#address-cells", .u32(0))
    node.set("reg", reg: [(noun.at, noun.size)])
    node.set("riscv,ndev", .u32(UInt32(noun.sources)))
    node.set("interrupts-extended", harts([.machineExternal, .supervisorExternal]))
    finish(&node)
    addSystem(node)
  }

  mutating func lower(_ noun: CLINT) {
    let location = noun.declaration.location
    guard isFirst("CLINT", at: location), hasHarts("a CLINT", at: location) else { return }
    var node = DraftNode(
      names.clint, at: noun.at, declaration: noun.declaration, target: Target(noun))
    node.set("compatible", .strings(["sifive,clint0", "riscv,clint0"]))
    node.set("reg", reg: [(noun.at, .kib(64))])
    node.set("interrupts-extended", harts([.machineSoftware, .machineTimer]))
    finish(&node)
    addSystem(node)
  }

  mutating func lower(_ noun: APLIC) {
    let location = noun.declaration.location
    let handsOn = noun.mode == .machine && aplicModes.contains(.supervisor)
    guard isFirst("APLIC of \(noun.mode.rawValue) mode", at: location),
      handsOn || isFirst("interrupt controller", at: location),
      hasHarts("an APLIC", at: location), isNumber(of: noun.sources, at: location)
    else { return }
    var node = DraftNode(
      names.aplic, at: noun.at, declaration: noun.declaration,
      target: handsOn ? .aplic(noun.mode) : .interruptController)
    node.noun = Target(noun)
    node.set("compatible", .string("riscv,aplic"))
    node.set("interrupt-controller", .empty)
    node.set("#interrupt-cells", .u32(2))
    node.set("reg", reg: [(noun.at, noun.size)])
    node.set("riscv,num-sources", .u32(UInt32(noun.sources)))
    if imsicModes.contains(noun.mode) {
      node.set("msi-parent", .cells([.phandle(.imsic(noun.mode))]))
    } else {
      node.set("interrupts-extended", harts([.external(noun.mode)]))
    }
    if handsOn {
      node.set("riscv,children", .cells([.phandle(.interruptController)]))
      node.set(
        "riscv,delegation",
        .cells([.phandle(.interruptController), .number(1), .number(UInt32(noun.sources))]))
    }
    finish(&node)
    addSystem(node)
  }

  mutating func lower(_ noun: IMSIC) {
    let location = noun.declaration.location
    guard isFirst("IMSIC of \(noun.mode.rawValue) mode", at: location),
      hasHarts("an IMSIC", at: location), isPossible(noun)
    else { return }
    var node = DraftNode(
      names.imsic, at: noun.at, declaration: noun.declaration, target: .imsic(noun.mode))
    node.noun = Target(noun)
    node.set("compatible", .string("riscv,imsics"))
    node.set("interrupt-controller", .empty)
    node.set("#interrupt-cells", .u32(0))
    node.set("msi-controller", .empty)
    // A page for the hart itself, and one for each guest that takes MSIs.
    node.set("reg", reg: [(noun.at, .kib(4 << UInt64(noun.guestIndexBits)) * hartCount)])
    node.set("interrupts-extended", harts([.external(noun.mode)]))
    node.set("riscv,num-ids", .u32(UInt32(noun.identities)))
    if noun.guestIndexBits > 0 {
      node.set("riscv,guest-index-bits", .u32(UInt32(noun.guestIndexBits)))
    }
    finish(&node)
    addSystem(node)
  }

  /// `interrupts-extended` of a controller that raises these interrupts of each hart.
  private func harts(_ interrupts: [HartInterrupt]) -> DraftValue {
    .cells(
      (0..<hartCount).flatMap { hart in
        interrupts.flatMap { [.phandle(.hart(hart)), .number($0.rawValue)] }
      })
  }

  private mutating func hasHarts(_ noun: String, at location: SourceLocation?) -> Bool {
    if hartCount > 0 { return true }
    mistake(
      "description/no-processors",
      "\(noun) interrupts harts, and '\(machine.name)' has none", at: location,
      help: "add CPUs with 'isa:', 'mmuType:' and 'timebaseFrequency:'")
    return false
  }

  /// Whether a controller can have so many sources.
  private mutating func isNumber(of sources: Int, at location: SourceLocation?) -> Bool {
    if (1...1023).contains(sources) { return true }
    mistake(
      "description/out-of-range", "a controller has 1 to 1023 interrupt sources, not \(sources)",
      at: location)
    return false
  }

  private mutating func isPossible(_ noun: IMSIC) -> Bool {
    let location = noun.declaration.location
    guard (63...2047).contains(noun.identities), (noun.identities + 1) % 64 == 0 else {
      mistake(
        "description/out-of-range",
        "an IMSIC has 63 to 2047 identities, one less than a multiple of 64, not \(noun.identities)",
        at: location)
      return false
    }
    guard (0...7).contains(noun.guestIndexBits) else {
      mistake(
        "description/out-of-range",
        "there are 0 to 7 bits of a guest's index, not \(noun.guestIndexBits)",
        at: location)
      return false
    }
    return true
  }
}

/// An interrupt of a hart, as `riscv,cpu-intc` numbers it.
///
/// **Source:** The RISC-V Instruction Set Manual, volume II, section 3.1.9: the bits of `mip`.
private enum HartInterrupt: UInt32 {
  case machineSoftware = 3
  case machineTimer = 7
  case supervisorExternal = 9
  case machineExternal = 11

  static func external(_ mode: PrivilegeMode) -> HartInterrupt {
    mode == .machine ? .machineExternal : .supervisorExternal
  }
}

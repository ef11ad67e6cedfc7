import ACPI
import PlatformDescription

/// What a complete set says of an arm64 machine besides its devices: processors, interrupt controller,
/// timers, the interface of its firmware, and the console.
extension TableLowering {
  /// Checks the nouns that the fixed tables are made of, as for a tree.
  mutating func lowerSystem() {
    if let preset = shared.preset, let machine = machine.machine {
      shared.check(machine, against: preset)
    }
    var (hasCPUs, hasController, hasTimer, hasPSCI) = (false, false, false, false)
    for element in elements {
      switch element {
      case .cpus: hasCPUs = true
      case .gicv2, .gicv3: hasController = true
      case .archTimer: hasTimer = true
      case .psci: hasPSCI = true
      default: continue
      }
      _ = shared.lower(element)
    }
    for (noun, isThere, table) in [
      ("CPUs", hasCPUs, "MADT"), ("GICv3 or GICv2", hasController, "MADT"),
      ("ArchTimer", hasTimer, "GTDT"), ("PSCI", hasPSCI, "FADT"),
    ] where !isThere {
      mistake(
        "description/incomplete-tables",
        "'\(machine.name)' has no \(noun), of which the \(table) tells",
        at: machine.declaration.location,
        help: "add it, or say 'firmware: .acpi' where the VMM has tables of its own")
    }
  }

  /// The devices of the processors: MADT and these have the same `_UID`.
  ///
  /// **Source:** ACPI 6.5, sections 8.4 and 5.2.12.14.
  func processorTerms() -> [Term] {
    guard isComplete else { return [] }
    return (0..<min(shared.cpuCount, MachineLowering.mostCPUs)).map { index in
      .device(
        NamePath(Self.processorName(index)),
        [.name("_HID", .string("ACPI0007")), .name("_UID", .integer(UInt64(index)))])
    }
  }

  /// `C000` to `CFFF`.
  static func processorName(_ index: Int) -> NameSegment {
    let digits = String(index, radix: 16, uppercase: true)
    return NameSegment(
      stringLiteral: "C" + String(repeating: "0", count: max(0, 3 - digits.utf8.count)) + digits)
  }

  /// The tables that stand beside the DSDT, but for those of PCI and IOMMUs.
  mutating func systemTables() -> [LoweredTable] {
    do {
      var tables = [
        try LoweredTable(bytes: fadt().bytes()), try LoweredTable(bytes: madt().bytes()),
      ]
      if let gtdt = gtdt() { tables.append(try LoweredTable(bytes: gtdt.bytes())) }
      if let spcr = spcr() { tables.append(try LoweredTable(bytes: spcr.bytes())) }
      return tables
    } catch {
      mistake(
        "description/no-encoding", "a table of '\(machine.name)' can't be written: \(error)",
        at: machine.declaration.location)
      return []
    }
  }

  /// **Source:** ACPI 6.5, section 5.2.9, table 5.11; Linux `arch/arm64/kernel/acpi.c`,
  /// `acpi_fadt_sanity_check`.
  private func fadt() -> FADT {
    var flags: UInt16 = 0
    for case .psci(let psci) in elements { flags = psci.method == .hvc ? 3 : 1 }
    // Where the DSDT is, is known when all of them are laid out.
    return FADT(dsdt: 0, armBootFlags: flags)
  }

  /// **Source:** ACPI 6.5, sections 5.2.12.14 to 5.2.12.18; Linux `drivers/irqchip/irq-gic-v3.c`,
  /// `gic_acpi_init`.
  private mutating func madt() -> MADT {
    var entries: [MADTEntry] = []
    for element in elements {
      switch element {
      case .gicv3(let gic): entries += self.entries(of: gic)
      case .gicv2(let gic): entries += self.entries(of: gic)
      default: continue
      }
    }
    return MADT(entries)
  }

  private mutating func entries(of gic: GICv3) -> [MADTEntry] {
    let maintenance = number(gic.maintenanceInterrupt)
    let size = gic.redistributorsSize ?? .kib(128) * shared.cpuCount
    let regions =
      [AddressRange(at: gic.redistributors, size: size)] + (gic.furtherRedistributors ?? [])
    return [.gicd(id: 0, address: gic.distributor.value, version: 3)]
      + processors { $0.maintenanceInterrupt = maintenance }
      + regions.map {
        .gicr(address: $0.at.value, length: UInt32(clamping: $0.size.bytes))
      }
      + gic.its.enumerated().map {
        .its(id: UInt32(clamping: $0.offset), address: $0.element.at.value)
      }
  }

  private mutating func entries(of gic: GICv2) -> [MADTEntry] {
    let maintenance = number(gic.maintenanceInterrupt)
    return [.gicd(id: 0, address: gic.distributor.value, version: 2)]
      + processors {
        $0.address = gic.cpuInterface.value
        $0.virtualAddress = gic.virtualInterface?.cpuInterface.at.value ?? 0
        $0.hypervisorAddress = gic.virtualInterface?.control.at.value ?? 0
        $0.maintenanceInterrupt = maintenance
      }
      // Which interrupts a frame has, it says itself: MSI_TYPER.
      + gic.frames.enumerated().map {
        .gicMSIFrame(
          id: UInt32(clamping: $0.offset), address: $0.element.at.value, flags: 0, count: 0,
          firstInterrupt: 0)
      }
  }

  private func processors(_ change: (inout GICC) -> Void) -> [MADTEntry] {
    (0..<min(shared.cpuCount, MachineLowering.mostCPUs)).map { index in
      var gicc = GICC(
        uid: UInt32(clamping: index), mpidr: UInt64(shared.affinity(of: index)))
      change(&gicc)
      return .gicc(gicc)
    }
  }

  /// **Source:** ACPI 6.5, section 5.2.25; Linux `drivers/acpi/arm64/gtdt.c`.
  private mutating func gtdt() -> GTDT? {
    for case .archTimer(let noun) in elements {
      let alwaysOn: UInt32 = noun.alwaysOn ? 4 : 0
      let timers = noun.interrupts.map { interrupt in
        GTDT.Timer(number(interrupt), flags: alwaysOn | interrupt.trigger.timerFlags)
      }
      func timer(_ index: Int) -> GTDT.Timer {
        timers.indices.contains(index) ? timers[index] : GTDT.Timer(0)
      }
      // In the order of the binding arm,arch_timer.
      var table = GTDT(
        secureEL1: timer(0), nonSecureEL1: timer(1), virtual: timer(2), nonSecureEL2: timer(3))
      table.virtualEL2 = timer(4)
      return table
    }
    return nil
  }

  /// The first PL011 is the console.
  ///
  /// **Source:** Microsoft, Serial Port Console Redirection Table; QEMU `hw/arm/virt-acpi-build.c`,
  /// `build_spcr`.
  private mutating func spcr() -> SPCR? {
    for case .pl011(let noun) in elements {
      let register = GenericRegister(
        .systemMemory, bitWidth: 32, accessSize: 3, address: noun.at.value)
      return SPCR(
        interfaceType: 3, register: register, interruptType: 8, interrupt: number(noun.interrupt))
    }
    return nil
  }

  private mutating func number(_ interrupt: Interrupt?) -> UInt32 {
    interrupt.flatMap { globalInterrupt($0, at: machine.declaration.location) } ?? 0
  }
}

extension Interrupt.Trigger {
  /// **Source:** ACPI 6.5, section 5.2.25, table 5.121: bit 0 an edge, bit 1 active low.
  fileprivate var timerFlags: UInt32 {
    switch self {
    case .levelHigh: 0
    case .edgeRising: 1
    case .levelLow: 2
    case .edgeFalling: 3
    }
  }
}

import ACPI
import PlatformDescription

extension TableLowering {
  /// An SMMU, which stands in IORT and not in the namespace.
  mutating func lower(_ noun: SMMUv3) {
    let location = noun.declaration.location
    let known = isComplete ? shared.machinePCI?.smmu?.registers : nil
    guard let registers = noun.registers ?? known else {
      if !isBesideOthers {
        mistake(
          "description/no-place",
          "this SMMU has no address, and '\(machine.name)' is no machine with one",
          at: location, help: "say 'at:', 'eventq:' and 'gerror:'")
      }
      return
    }
    func number(_ interrupt: Interrupt?) -> UInt32 {
      interrupt.flatMap { globalInterrupt($0, at: location) } ?? 0
    }
    let entry = SMMUEntry(
      at: registers.at, isCoherent: noun.dmaCoherent, event: number(registers.eventq),
      pageRequest: number(registers.priq), globalError: number(registers.gerror),
      sync: number(registers.cmdqSync))
    translations.iommus.append((Target(noun), .smmu(entry)))
  }

  /// Says which devices stand behind an IOMMU that the VMM's own tables describe without them, and what
  /// a table has no room for.
  mutating func checkTranslations() {
    guard !isBesideOthers else {
      for endpoint in translations.endpoints {
        mistake(
          "description/no-acpi-form",
          "the VMM of '\(machine.name)' writes the table of its IOMMUs itself, without this device",
          at: endpoint.location, help: "leave 'iommu:' out, or put the device on PCI")
      }
      return
    }
    if let endpoint = VirtualIOTable.endpointWithoutRoom(translations) {
      mistake(
        "description/too-many-devices",
        "VIOT has room for \(VIOT.mostNodes) IOMMUs, devices and ranges, and not for this device",
        at: endpoint.location,
        help: "leave 'iommu:' out of some devices, or put them on PCI, where a range has one entry")
    }
    if let host = IORemappingTable.hostWithoutRoom(translations, hasITS: hasITS) {
      mistake(
        "description/too-many-devices",
        "IORT has room for \(IORTRootComplex.mostMappings) ranges of functions of a PCI host, and not "
          + "for those of this one", at: host.location,
        help: "put functions that have the same IOMMU into slots one behind the other")
    }
  }

  private var hasITS: Bool {
    elements.contains {
      if case .gicv3(let gic) = $0 { !gic.its.isEmpty } else { false }
    }
  }

  /// The tables about IOMMUs; none on a VMM's machine, which has its own.
  mutating func translationTables(oemTableID: String) -> [LoweredTable] {
    guard !isBesideOthers else { return [] }
    var tables: [LoweredTable] = []
    do {
      if let viot = VirtualIOTable.table(translations) {
        tables.append(
          LoweredTable(
            content: .structure(VIOT.header(oemTableID: oemTableID), body: try viot.body())))
      }
      let iort = IORemappingTable.table(
        translations, hasITS: hasITS, path: { writtenPath(of: $0) })
      if let iort {
        tables.append(
          LoweredTable(
            content: .structure(IORT.header(oemTableID: oemTableID), body: try iort.body())))
      }
    } catch {
      mistake(
        "description/no-encoding", "the table of the IOMMUs can't be written: \(error)",
        at: machine.declaration.location)
    }
    return tables
  }
}

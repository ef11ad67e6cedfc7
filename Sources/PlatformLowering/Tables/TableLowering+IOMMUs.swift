import ACPI
import PlatformDescription

extension TableLowering {
  /// An SMMU, which stands in IORT and not in the namespace.
  mutating func lower(_ noun: SMMUv3) {
    let location = noun.declaration.location
    guard let registers = noun.registers else {
      if machine.machine == nil {
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

  /// Says which devices stand behind an IOMMU that the VMM's own tables describe without them.
  mutating func checkTranslations() {
    guard machine.machine != nil else { return }
    for endpoint in translations.endpoints {
      mistake(
        "description/no-acpi-form",
        "the VMM of '\(machine.name)' writes the table of its IOMMUs itself, without this device",
        at: endpoint.location, help: "leave 'iommu:' out, or put the device on PCI")
    }
  }

  /// The tables about IOMMUs; none on a VMM's machine, which has its own.
  func translationTables(oemTableID: String) -> [LoweredTable] {
    guard machine.machine == nil else { return [] }
    let hasITS = machine.elements.contains {
      if case .gicv3(let gic) = $0 { !gic.its.isEmpty } else { false }
    }
    return [
      VirtualIOTable.table(translations, oemTableID: oemTableID),
      IORemappingTable.table(
        translations, hasITS: hasITS, oemTableID: oemTableID, path: { writtenPath(of: $0) }),
    ].compactMap { $0 }
  }
}

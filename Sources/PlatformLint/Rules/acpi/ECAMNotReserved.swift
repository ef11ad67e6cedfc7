import ACPI
import Diagnostics
import GuestView

/// The configuration space that MCFG names is kept from others by a device of the namespace.
enum ECAMNotReserved: TableRule {
  static let id = "acpi/ecam-not-reserved"
  static let severity = Severity.warning
  static let summary = "no device of the namespace has the configuration space that MCFG names"
  static let rationale = """
    MCFG says where configuration space is, and doesn't claim it. A motherboard resource, PNP0C02, does: without one the \
    addresses look free, and other resources may be put there. Where one is elsewhere, MCFG or it is wrong.
    """
  static let consequence =
    "Linux complains of the firmware, and takes configuration space where MCFG has it"
  static let logExample: String? =
    "acpi PNP0A08:00: [Firmware Bug]: ECAM area [mem 0x4010000000-0x401fffffff] not reserved in ACPI namespace"
  static let help = "add a PNP0C02 with the whole range in its _CRS, or correct the address in MCFG"
  static let exceptions = """
    PCs, whose firmware may reserve the space in its memory map; and tables without a DSDT, which may have it.
    """
  static let sources = [
    Source.linux("arch/arm64/kernel/pci.c", "pci_acpi_setup_ecam_mapping"),
    .program("PCI Firmware Specification", "3.3, section 4.1.2"),
  ]
  private static func tables(_ reservation: UInt64) -> [[UInt8]] {
    [
      TableExample.written { () throws(ACPIError) in
        try DefinitionBlock(
          TableHeader("DSDT", revision: 2, oemTableID: "EXAMPLE"),
          [
            .scope(
              "\\_SB",
              [
                TableExamples.pciHost(),
                .device(
                  "RES0",
                  [
                    .name("_HID", .eisaID("PNP0C02")), .name("_UID", .integer(0)),
                    .name(
                      "_CRS",
                      .resources([
                        .addressSpace(
                          AddressSpaceDescriptor(
                            .quadWord, .memory(.nonCacheable), minimum: reservation,
                            length: 0x1000_0000, isConsumer: true))
                      ])),
                  ]),
              ])
          ]
        ).bytes()
      }, TableExamples.mcfg(),
    ]
  }
  static let goodTables = [TableExample(tables: tables(0x40_1000_0000))]
  static let badTables = [
    TableExample(at: ["MCFG: allocation[0]"], tables: tables(0x41_1000_0000))
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    guard view.isOn(.arm64), !view.set.tables(named: "DSDT").isEmpty, let mcfg = view.mcfg,
      let content = mcfg.content
    else { return }
    // What has to be computed, or isn't there, may have it.
    let present = view.devices.filter(\.isPresent)
    guard !present.contains(where: { $0.isReservation && $0.resources.problem != nil }) else {
      return
    }
    var told: Set<Int> = []
    for host in view.pciHosts where host.device.isPresent {
      guard let index = host.allocation, told.insert(index).inserted,
        content.allocations.indices.contains(index),
        let range = content.allocations[index].range
      else { continue }
      let isReserved = present.contains { device in
        device.windows.contains {
          // Linux takes what a producer passes on for its own here.
          $0.space == .memory
            && ($0.range.map { $0.first <= range.first && range.last <= $0.last } ?? false)
        }
      }
      guard !isReserved else { continue }
      let image = view.set.tables[mcfg.number]
      let offset = image.byteRange.lowerBound + 44 + 16 * index
      report(
        "no device reserves the configuration space",
        at: TablePlace(
          table: mcfg.number, node: "MCFG", element: "allocation[\(index)]",
          byteRange: offset..<(offset + 16)),
        found: range.description,
        related: [TableParty("is the host that has it", at: host.device.place)])
    }
  }
}

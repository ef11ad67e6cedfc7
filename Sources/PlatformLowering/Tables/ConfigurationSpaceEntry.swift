import ACPI
import PlatformDescription

/// An entry of MCFG: the configuration space of the buses of one host.
///
/// **Source:** PCI Firmware Specification 3.3, section 4.1.2, table 4-3.
struct ConfigurationSpaceEntry {
  /// Where it is for the buses that there are.
  var range: AddressRange
  var segment: UInt16
  var firstBus: UInt8
  var lastBus: UInt8

  /// The table of these entries.
  static func table(_ entries: [ConfigurationSpaceEntry], oemTableID: String) -> LoweredTable {
    let mcfg = MCFG(
      entries.map { entry in
        // The address is that of bus 0, whether or not there is one.
        MCFG.Allocation(
          base: entry.range.at.value &- UInt64(entry.firstBus) << 20, segment: entry.segment,
          startBus: entry.firstBus, endBus: entry.lastBus)
      })
    return LoweredTable(
      content: .structure(MCFG.header(oemTableID: oemTableID), body: mcfg.body))
  }
}

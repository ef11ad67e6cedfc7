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
    var body = StructureBytes()
    body.appendZeros(8)
    for entry in entries {
      // The address is that of bus 0, whether or not there is one.
      body.append(entry.range.at.value &- UInt64(entry.firstBus) << 20)
      body.append(entry.segment)
      body.append(entry.firstBus, entry.lastBus)
      body.appendZeros(4)
    }
    return LoweredTable(
      content: .structure(
        TableHeader("MCFG", revision: 1, oemTableID: oemTableID), body: body.bytes))
  }
}

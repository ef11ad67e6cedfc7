import ACPI
import Diagnostics
import GuestView

/// IORT says how far a device's addresses reach.
enum IORTAddressLimit: TableRule {
  static let id = "acpi/iort-address-limit"
  static let severity = Severity.warning
  static let summary = "a component or a root complex of IORT has an address limit of no bits"
  static let rationale = """
    Each device that IORT knows has the number of address bits that it can use. Linux limits the device's DMA by it; \
    a number of 0 is taken for one that was forgotten, and no limit is set at all.
    """
  static let consequence = """
    the device keeps the mask of its driver, and one that can't reach all of memory is given addresses that it cuts off
    """
  static let logExample: String? = "[Firmware Bug]: Named component missing memory address limit"
  static let help = "write 64, or the number of bits that the device has"
  static let sources = [
    Source.linux("drivers/acpi/arm64/iort.c", "nc_dma_get_range", "rc_dma_get_range"),
    .program("Arm DEN 0049E", "sections 3.1.1.3 and 3.1.1.6"),
  ]
  private static func table(_ bits: UInt8) -> [UInt8] {
    TableExample.written { () throws(ACPIError) in
      try IORT([
        IORTNode(.smmuV3(IORTSMMUv3(base: 0x0905_0000, firstInterrupt: 106))),
        IORTNode(
          .namedComponent(IORTNamedComponent("\\_SB_.VIO0", addressBits: bits)),
          mappings: [IORTMapping(count: 1, outputBase: 7, output: 0, isSingle: true)]),
      ]).bytes()
    }
  }
  static let goodTables = [TableExample([TableExamples.virtio()], with: [table(64)])]
  static let badTables = [
    TableExample(at: ["IORT: node[1]"], [TableExamples.virtio()], with: [table(0)])
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    guard let iort = view.iort, let nodes = iort.content?.nodes else { return }
    for (index, node) in nodes.enumerated() {
      let place = TablePlace(iort: iort.number, node: index, at: node.byteOffset)
      switch node.kind {
      case .namedComponent(let component) where component.addressBits == 0:
        report(
          "the component's address limit has no bits", at: place, found: "0",
          expected: "1 to 64",
          log: .line("[Firmware Bug]: Named component missing memory address limit"))
      case .rootComplex(let complex) where complex.addressBits == 0:
        report(
          "the root complex's address limit has no bits", at: place, found: "0",
          expected: "1 to 64",
          log: .line("[Firmware Bug]: Root complex missing memory address limit"))
      default: continue
      }
    }
  }
}

import ACPI
import Diagnostics
import GuestView

/// What IORT is about is in the namespace.
enum IORTDeviceMissing: TableRule {
  static let id = "acpi/iort-device-missing"
  static let severity = Severity.error
  static let summary = "IORT names a device or a PCI segment that the namespace has not"
  static let rationale = """
    A named component is found by its path, letter by letter, every name filled up with _ to four, and a root \
    complex by its segment. Where nothing is there, the device that was meant has no node: no SMMU is put in front of it, \
    and it has no ITS and no limit of its addresses.
    """
  static let consequence = "the device reaches all of memory, past the SMMU that was meant for it"
  static let help =
    "write the whole path from the root, \\_SB_.DEV0, and the number that _SEG gives"
  static let exceptions =
    "Where no table declares a device, the set isn't complete, and nothing is said."
  static let sources = [
    Source.linux("drivers/acpi/arm64/iort.c", "iort_match_node_callback"),
    .program("Arm DEN 0049E", "section 3.1.1.6"),
  ]
  private static func table(_ path: String) -> [UInt8] {
    TableExample.written { () throws(ACPIError) in
      try IORT([
        IORTNode(.smmuV3(IORTSMMUv3(base: 0x0905_0000, firstInterrupt: 106))),
        IORTNode(
          .namedComponent(IORTNamedComponent(path)),
          mappings: [IORTMapping(count: 1, outputBase: 7, output: 0, isSingle: true)]),
      ]).bytes()
    }
  }
  static let goodTables = [
    TableExample([TableExamples.virtio()], with: [table("\\_SB_.VIO0")])
  ]
  static let badTables = [
    TableExample(
      at: ["IORT: node[1]"], [TableExamples.virtio()], with: [table("\\_SB_.VIO1")]),
    TableExample(
      at: ["IORT: node[1]"], [TableExamples.virtio()], with: [table("\\_SB.VIO0")]),
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    guard let iort = view.iort, let nodes = iort.content?.nodes, !view.devices.isEmpty else {
      return
    }
    let hasSMMU = nodes.contains(where: \.isSMMU)
    let consequence =
      hasSMMU
      ? nil : "the device has neither the ITS nor the limit of addresses that its node gives it"
    let segments = Set(view.pciHosts.compactMap(\.segment))
    let isKnown = view.pciHosts.allSatisfy { $0.segment != nil } && !view.pciHosts.isEmpty
    for (index, node) in nodes.enumerated() {
      let place = TablePlace(iort: iort.number, node: index, at: node.byteOffset)
      switch node.kind {
      case .namedComponent(let component):
        let device = view.device(spelt: component.path)
        if let device, device.fullPath == component.path { continue }
        report(
          device == nil
            ? "there is no device of this path" : "the path is not spelt as Linux compares it",
          at: place, found: component.path, expected: device?.fullPath, consequence: consequence)
      case .rootComplex(let complex):
        guard isKnown, !segments.contains(UInt64(complex.segment)) else { continue }
        report(
          "there is no host bridge of this segment", at: place, found: "\(complex.segment)",
          severity: .warning, consequence: consequence)
      default: continue
      }
    }
  }
}

extension IORTNode {
  /// Whether it is an SMMU, of any version.
  var isSMMU: Bool {
    switch kind {
    case .smmuV3: true
    case .other(let type, _, _): type == 3
    default: false
    }
  }

  /// Whether it is a group of interrupt translation services.
  var isITS: Bool { if case .its = kind { true } else { false } }
}

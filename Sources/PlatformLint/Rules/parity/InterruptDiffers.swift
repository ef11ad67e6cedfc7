import ACPI
import Diagnostics
import GuestView

/// A device has one interrupt, whoever counts.
enum InterruptDiffers: ParityRule {
  static let id = "parity/interrupt-differs"
  static let severity = Severity.warning
  static let summary = "the tree and the tables give a device different interrupts"
  static let rationale = """
    A tree counts the shared interrupts of a GIC from 0 and its private ones too; tables have the INTID, 32 or 16 \
    more. At a controller of RISC-V they have its source behind the base that APIC gives the controller. To forget \
    that is the commonest mistake when one is made from the other.
    """
  static let consequence = """
    a guest that goes by the wrong one waits for an interrupt that never comes, and its I/O hangs without a word
    """
  static let help =
    "of SPI n write GSI n + 32 into _CRS, of PPI n GSI n + 16, or correct the tree"
  static let exceptions = """
    Interrupts of other controllers are not compared, and neither are those that a link device provides. A device \
    with interrupts in one description alone is one that differs, unless its _CRS has to be computed.
    """
  static let sources = [
    Source.linux("drivers/irqchip/irq-gic-v3.c", "gic_irq_domain_translate"),
    .linux("drivers/acpi/irq.c", "acpi_register_gsi"),
    .binding("interrupt-controller/arm,gic-v3.yaml"),
  ]
  static let goodPairs = [ParityExample([TableExamples.virtio()])]
  static let badPairs = [
    ParityExample(
      at: ["\\_SB.VIO0: _CRS[1]"], [TableExamples.virtio(interrupt: 64)])
  ]

  static func check(_ view: ParityView, _ report: inout ParityReporter) {
    for pair in view.devices {
      let device = pair.device.device
      guard device.resources.problem == nil, !device.interrupts.contains(where: \.hasSource),
        let wired = view.interrupts(of: pair.node.node)
      else { continue }
      let (one, other) = (wired.map(\.number), device.interrupts.map { UInt64($0.number) })
      guard one != other else { continue }
      let differing = device.interrupts.enumerated().first {
        $0.offset >= one.count || one[$0.offset] != UInt64($0.element.number)
      }
      let place = differing.map { device.place(of: $0.element) } ?? device.place(of: "_CRS")
      report(
        "the tree has other interrupts of the \(pair.role.name)", at: .tables(place),
        found: Self.list(other), expected: Self.list(one),
        related: wired.first.map {
          [
            ParityParty(
              "is what the tree says\($0.specifier.gic.map { ", \($0.name)" } ?? "")",
              at: .tree(
                .element(
                  $0.specifier.property, $0.specifier.index, cells: $0.specifier.cells)))
          ]
        } ?? [ParityParty("has none", at: .tree(.node(pair.node.node)))])
    }
  }

  private static func list(_ numbers: [UInt64]) -> String {
    numbers.isEmpty
      ? "none" : "GSI " + numbers.prefix(8).map(String.init).joined(separator: ", ")
  }
}

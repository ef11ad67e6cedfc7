import ACPI
import DeviceTree
import Diagnostics
import GuestView

/// A tree with anything in it turns ACPI off on arm64.
enum TablesIgnored: ParityRule {
  static let id = "parity/tables-ignored"
  static let severity = Severity.error
  static let summary = "a tree without devices turns off the tables that have them"
  static let rationale = """
    An arm64 kernel takes ACPI only where the tree has nothing but /chosen. A tree that merely adds \
    /reserved-memory beside the tables, or a /memory node, is no such stub, and from then on it is all that the guest \
    has.
    """
  static let consequence = """
    it takes the tree for all there is, finds no processor but the one it runs on, no timer and no device, and stops
    """
  static let help = """
    leave nothing but /chosen in the tree, or say acpi=on; or describe the whole machine in the tree
    """
  static let exceptions = """
    A tree with processors describes a machine of its own, and the guest goes by it; which of both a guest goes by, \
    each finding of this family says.
    """
  static let sources = [
    Source.linux("arch/arm64/kernel/acpi.c", "acpi_boot_table_init", "dt_is_stub")
  ]
  static let goodPairs = [ParityExample([TableExamples.virtio()])]
  static let badPairs = [
    ParityExample(
      at: ["/reserved-memory"],
      """
      / {
        #address-cells = <2>;
        #size-cells = <2>;

        memory@40000000 {
          device_type = "memory";
          reg = <0x0 0x40000000 0x0 0x40000000>;
        };

        reserved-memory {
          #address-cells = <2>;
          #size-cells = <2>;
          ranges;

          log@50000000 {
            reg = <0x0 0x50000000 0x0 0x100000>;
          };
        };
      };
      """, in: .none, [TableExamples.virtio()])
  ]

  static func check(_ view: ParityView, _ report: inout ParityReporter) {
    guard view.tables.isOn(.arm64), view.preference?.choice == .tree, view.tree.cpus.isEmpty,
      !(view.tree.commandLine?.parameters.contains { $0.name == "acpi" && $0.value == "off" }
        ?? false),
      let node = view.tree.tree.root.children.filter({ $0.name != "chosen" }).last
    else { return }
    report(
      "\(node.name) makes this tree more than a stub, and the guest takes no notice of its tables",
      at: .tree(.node(node)),
      related: [
        ParityParty(
          "is never read",
          at: .tables(view.tables.place(ofTable: view.tables.madt?.number ?? 0)))
      ])
  }
}

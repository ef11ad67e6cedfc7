import ACPI
import DeviceTree
import Diagnostics
import GuestView

/// A pool in a tree confines nobody under ACPI.
enum PoolIgnored: ParityRule {
  static let id = "parity/pool-ignored"
  static let severity = Severity.error
  static let summary = "the tree has a restricted pool, and the guest goes by its tables"
  static let rationale = """
    Linux attaches a restricted pool to the node of a device. Where it goes by ACPI, no node becomes a device: the \
    pool's memory is kept, or not even that, and every device of the tables reaches all of the guest's memory.
    """
  static let consequence = """
    the devices work, nothing confines them, and nothing says so
    """
  static let help = """
    take acpi=on or acpi=force from the command line; on RISC-V, give the guest no tables, or acpi=off
    """
  static let exceptions = "A guest that goes by the tree; and a pool that no device names."
  static let sources = [
    Source.linux("arch/arm64/kernel/acpi.c", "acpi_boot_table_init", "dt_is_stub"),
    .linux("arch/riscv/kernel/acpi.c", "acpi_boot_table_init"),
    .linux("drivers/acpi/scan.c", "acpi_dma_configure_id"),
    .linux("drivers/of/device.c", "of_dma_set_restricted_buffer"),
  ]
  static let goodPairs = [ParityExample([TableExamples.virtio()])]
  static let badPairs = [
    ParityExample(
      at: ["/reserved-memory/restricted-dma-pool@5f000000"],
      """
      &chosen {
        bootargs = "acpi=on";
      };
      """, [TableExamples.virtio()])
  ]

  static func check(_ view: ParityView, _ report: inout ParityReporter) {
    guard view.preference?.choice == .tables else { return }
    var told: Set<Int> = []
    for device in view.tree.dmaDevices {
      guard let node = device.attachedPool?.target, told.insert(node.index).inserted else {
        continue
      }
      report(
        "the guest goes by its tables, and no device of theirs is tied to the pool",
        at: .tree(.node(node)),
        related: [
          ParityParty("names it, and becomes no device", at: .tree(.node(device.node)))
        ])
    }
  }
}

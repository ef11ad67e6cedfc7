import DeviceTree
import Diagnostics
import GuestView

/// The guest needs a `/memory` node that the kernel recognises.
enum NoMemory: Rule {
  static let id = "memory/no-memory"
  static let severity = Severity.error
  static let summary = "no node describes memory"
  static let rationale = """
    The kernel takes its memory from children of the root whose device_type is exactly "memory" and \
    which are enabled. The name of the node does not matter, and without device_type it is just a node.
    """
  static let consequence = "the kernel panics before it has a console but an early one"
  static let logLine: String? = "Kernel panic - not syncing: Failed to allocate page table page"
  static let help =
    "add a child of the root with device_type = \"memory\" and the RAM of the machine as its reg"
  static let exceptions = """
    With UEFI the memory map of the firmware counts and /memory is discarded. A VMM may also add \
    the node before it starts the guest, as QEMU does.
    """
  static let sources = [
    Source.linux("drivers/of/fdt.c", "early_init_dt_scan_memory"), .devicetree("3.4"),
    .observed("without device_type nothing is printed, unless there is an early console"),
  ]
  static let good = [
    Example(
      """
      &memory {
        reg = <0x0 0x40000000 0x0 0x40000000>, <0x1 0x0 0x0 0x40000000>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &memory {  // finding
        /delete-property/ device_type;
      };
      """),
    Example(
      """
      &memory {
        status = "disabled";  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard view.memory.isEmpty else { return }
    for node in view.tree.root.children where node.baseName == "memory" {
      if node.property("device_type")?.string != "memory" {
        report(
          "this is not memory to the kernel, and nothing else is", at: .node(node),
          found: node.has("device_type") ? "another device_type" : "no device_type",
          expected: "device_type = \"memory\"")
      } else if let status = node.property("status"), !view.isAvailable(node) {
        report("all memory is disabled", at: .property(status), found: status.string)
      } else {
        report("no memory can be read from this node", at: .node(node))
      }
      return
    }
    report("no node describes memory", at: .node(view.tree.root))
  }
}

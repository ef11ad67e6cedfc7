import DeviceTree
import Diagnostics
import GuestView

/// A memory node says that it is one.
enum MemoryWithoutDeviceType: Rule {
  static let id = "memory/memory-without-device-type"
  static let severity = Severity.error
  static let summary = "a node called memory has no device_type of memory"
  static let rationale = """
    Linux knows memory by device_type alone; the name of the node does not matter, and neither does \
    a compatible. Without it the guest does not have the memory that the node describes.
    """
  static let consequence = "the guest does not have this memory"
  static let help = "add device_type = \"memory\""
  static let exceptions = "Disabled nodes, and nodes with a compatible."
  static let sources = [
    Source.devicetree("3.4"),
    .linux("drivers/of/fdt.c", "early_init_dt_scan_memory"),
  ]
  static let silencedBy: [any Rule.Type] = [NoMemory.self]
  static let good = [
    Example(
      """
      / {
        memory@80000000 {
          device_type = "memory";
          reg = <0x0 0x80000000 0x0 0x1000000>;
        };
      };

      """)
  ]
  static let bad = [
    Example(
      """
      / {
        memory@80000000 {  // finding
          reg = <0x0 0x80000000 0x0 0x1000000>;
        };
      };

      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for node in view.tree.root.children where view.isEnabled(node) && node.has("reg") {
      guard node.baseName == "memory", !node.has("compatible") else { continue }
      guard let type = node.property("device_type") else {
        report("the node has no device_type", at: .node(node), expected: "\"memory\"")
        continue
      }
      guard !type.isString("memory") else { continue }
      report(
        "the device_type is another one", at: .property(type),
        found: type.string.map { "\"\($0)\"" }, expected: "\"memory\"")
    }
  }
}

import DeviceTree
import Diagnostics
import GuestView

/// Xen reads a guest's memory from two cells.
enum MemoryUnreadable: TargetRule {
  static let id = "xen/memory-unreadable"
  static let profile: TargetName? = .xenDom0less
  static let severity = Severity.error
  static let summary = "a guest of Xen has no memory that Xen can read"
  static let rationale = """
    The property memory of a guest is a number of two cells, whatever #size-cells says, and counts KiB. One cell \
    alone can't be read.
    """
  static let consequence =
    "the hypervisor panics with 'Could not set up domain', and neither this guest nor any other starts"
  static let logLine: String? = "Error building DomU: cannot read \"memory\" property"
  static let help = "write memory = <0x0 0x20000> for 128 MiB"
  static let sources = [
    Source.xen("arch/arm/dom0less-build.c", "construct_domU"),
    .xen("common/device_tree.c", "dt_property_read_u64"),
  ]
  static let good = [Example(Dom0lessExamples.domain("cpus = <1>;\n    memory = <0x0 0x20000>;"))]
  static let bad = [
    Example(Dom0lessExamples.domain("cpus = <1>;\n    memory = <0x20000>;  // finding")),
    Example(Dom0lessExamples.domain("cpus = <1>;", mark: "  // finding")),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for domain in Dom0less.domains(in: view) where Dom0less.memory(of: domain) == nil {
      let property = domain.property("memory")
      report(
        property == nil ? "there is no memory" : "two cells are read here",
        at: property.map(Spot.property) ?? .node(domain),
        found: property.map { "\($0.count) bytes" }, expected: "two cells, in KiB")
    }
  }
}

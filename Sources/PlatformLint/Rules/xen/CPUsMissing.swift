import DeviceTree
import Diagnostics
import GuestView

/// Xen wants to know how many CPUs a guest gets.
enum CPUsMissing: TargetRule {
  static let id = "xen/cpus-missing"
  static let profile: TargetName? = .xenDom0less
  static let severity = Severity.error
  static let summary = "a guest of Xen has no cpus"
  static let rationale = """
    A node with compatible = "xen,domain" in /chosen describes a guest. Xen reads its number of CPUs from one cell, and \
    knows no default.
    """
  static let consequence = "the hypervisor panics, and neither this guest nor any other starts"
  static let logLine: String? = "Missing property 'cpus' for domain <node>"
  static let help = "write cpus = <1>, or how many there are to be"
  static let sources = [
    Source.xen("arch/arm/dom0less-build.c", "create_domUs"),
    .program("Xen", "docs/misc/arm/device-tree/booting.txt"),
  ]
  static let good = [Example(Dom0lessExamples.domain("cpus = <2>;\n      memory = <0 0x20000>;"))]
  static let bad = [Example(Dom0lessExamples.domain("memory = <0 0x20000>;", mark: "  // finding"))]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for domain in Dom0less.domains(in: view) where (domain.property("cpus")?.count ?? 0) < 4 {
      report("there is no number of CPUs", at: .node(domain), expected: "cpus of one cell")
    }
  }
}

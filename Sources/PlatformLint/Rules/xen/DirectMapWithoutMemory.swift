import DeviceTree
import Diagnostics
import GuestView

/// Xen maps only memory one to one that was assigned beforehand.
enum DirectMapWithoutMemory: TargetRule {
  static let id = "xen/direct-map-without-memory"
  static let profile: TargetName? = .xenDom0less
  static let severity = Severity.error
  static let summary = "a guest of Xen is mapped directly, and no memory is assigned to it"
  static let rationale = """
    With direct-map the addresses of a guest are those of the host. That needs memory that is kept for it, which \
    xen,static-mem says.
    """
  static let consequence = "the hypervisor panics, and neither this guest nor any other starts"
  static let logLine: String? =
    "direct-map is not valid for domain <node> without static allocation."
  static let help = "add xen,static-mem, or take direct-map out"
  static let sources = [Source.xen("arch/arm/dom0less-build.c", "create_domUs")]
  static let good = [
    Example(
      Dom0lessExamples.domain(
        """
        cpus = <1>;
            memory = <0x0 0x20000>;
            xen,static-mem = <0x0 0x70000000 0x0 0x8000000>;
            direct-map;
        """))
  ]
  static let bad = [
    Example(
      Dom0lessExamples.domain(
        "cpus = <1>;\n    memory = <0x0 0x20000>;\n    direct-map;  // finding"))
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for domain in Dom0less.domains(in: view) where !domain.has("xen,static-mem") {
      guard let property = domain.property("direct-map") else { continue }
      report("direct-map needs memory that is assigned", at: .property(property))
    }
  }
}

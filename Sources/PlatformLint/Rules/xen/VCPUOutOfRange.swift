import DeviceTree
import Diagnostics
import GuestView

/// What is said of a guest's CPU has to be of one that it has.
enum VCPUOutOfRange: TargetRule {
  static let id = "xen/vcpu-out-of-range"
  static let profile: TargetName? = .xenDom0less
  static let severity = Severity.error
  static let summary = "an xen,vcpu node is of no CPU of its guest"
  static let rationale = """
    A child of a guest's node that is compatible with xen,vcpu says on which processors one of its CPUs may run. Its id \
    is one cell, below cpus.
    """
  static let consequence = "the hypervisor panics, and neither this guest nor any other starts"
  static let logLine: String? = "Invalid xen,vcpu node for domain <node>"
  static let help = "count ids from 0, and take out what is too many"
  static let sources = [Source.xen("arch/arm/dom0less-build.c", "domain_vcpu_affinity")]
  static let good = [example(0)]
  static let bad = [example(1, mark: "  // finding")]

  private static func example(_ id: Int, mark: String = "") -> Example {
    Example(
      Dom0lessExamples.domain(
        """
        cpus = <1>;
            memory = <0x0 0x20000>;

            vcpu0 {
              compatible = "xen,vcpu";
              id = <\(id)>;\(mark)
              hard-affinity = "1";
            };
        """))
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for domain in Dom0less.domains(in: view) {
      guard let cpus = domain.property("cpus")?.cell(0) else { continue }
      for node in domain.children where node.property("compatible")?.lists("xen,vcpu") ?? false {
        guard let property = node.property("id"), let id = property.cell(0) else {
          report(
            "there is no id", at: .node(node), expected: "id of one cell", log: .about(domain))
          continue
        }
        guard id >= cpus else { continue }
        report(
          "the guest has no such CPU", at: .property(property), found: "\(id)",
          expected: "below \(cpus)",
          log: .line("Invalid vcpu_id \(id) for domain \(domain.name), max_vcpus=\(cpus)"))
      }
    }
  }
}

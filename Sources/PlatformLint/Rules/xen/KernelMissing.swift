import DeviceTree
import Diagnostics
import GuestView

/// A guest of Xen needs the module with its kernel.
enum KernelMissing: TargetRule {
  static let id = "xen/kernel-missing"
  static let profile: TargetName? = .xenDom0less
  static let severity = Severity.error
  static let summary = "a guest of Xen has no module with its kernel"
  static let rationale = """
    The boot loader puts a guest's kernel into memory and says where, in a child of the guest's node that is \
    compatible with multiboot,kernel and multiboot,module and has a reg.
    """
  static let consequence =
    "the hypervisor panics with 'Could not set up domain', and neither this guest nor any other starts"
  static let logLine: String? = "Missing kernel boot module?"
  static let help = "add the module, with the address at which the boot loader puts the kernel"
  static let exceptions = "Modules with xen,uefi-binary, whose reg Xen's UEFI stub writes."
  static let sources = [
    Source.xen("arch/arm/kernel.c", "kernel_probe"),
    .program("Xen", "docs/misc/arm/device-tree/booting.txt"),
  ]
  static let good = [Example(Dom0lessExamples.domain("cpus = <1>;\n    memory = <0x0 0x20000>;"))]
  static let bad = [
    Example(
      Dom0lessExamples.domain(
        "cpus = <1>;\n    memory = <0x0 0x20000>;", kernel: "", mark: "  // finding"))
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for domain in Dom0less.domains(in: view) {
      let hasKernel = domain.children.contains { module in
        guard let list = module.property("compatible"), list.lists("multiboot,kernel") else {
          return false
        }
        return module.has("reg") || module.has("xen,uefi-binary")
      }
      if !hasKernel { report("no kernel is found for this guest", at: .node(domain)) }
    }
  }
}

import DeviceTree
import Diagnostics
import GuestView

extension TargetProfile {
  static let xenDom0less = TargetProfile(
    .xenDom0less, title: "Xen",
    summary: """
      the hypervisor, which makes a guest of each xen,domain node in /chosen of the host's tree, and panics where \
      one is wrong; and of partial trees what stands in /passthrough
      """,
    version: "Xen 4.20, as of the LLC colouring of arm64", date: "2026-11-26",
    sources: [
      .xen("arch/arm/dom0less-build.c", "create_domUs", "construct_domU"),
      .xen("arch/arm/static-memory.c"),
      .program("Xen", "docs/misc/arm/device-tree/booting.txt, docs/misc/arm/passthrough.txt"),
    ],
    limits: [
      Limit("the tree that Xen writes for a guest", "4 KiB, the partial tree, and 2 MiB in all"),
      Limit("memory that is assigned, and registers", "whole pages of 4 KiB"),
    ],
    architectures: [.arm32, .arm64],
    mark: Mark(what: "xen,domain or /passthrough") {
      !Dom0less.domains(in: $0).isEmpty
        || $0.tree.root.children.contains { $0.isNamed("passthrough") }
    })
}

extension Source {
  /// A file of the hypervisor Xen, and the functions in it that matter.
  static func xen(_ file: String, _ functions: String...) -> Source {
    .program("Xen 4.20", (["xen/\(file)"] + functions).joined(separator: ", "))
  }
}

import Diagnostics
import GuestView

extension TargetProfile {
  static let gunyah = TargetProfile(
    .gunyah, title: "Gunyah",
    summary: """
      Gunyah's resource manager, which reads how a guest is to be made from its tree, in /gunyah-vm-config, and \
      rewrites the tree before the guest sees it
      """,
    version: "gunyah-resource-manager, as of its parser with virtio-mmio and vsmmu-v2",
    date: "2026-11-26",
    sources: [
      .gunyah("src/vm_config/vm_config_parser.c", "parse_vm_config", "parse_vm_memory"),
      .program("crosvm", "hypervisor/src/gunyah/aarch64.rs, create_fdt"),
    ],
    limits: [
      Limit("the base of memory", "whole pages of 4 KiB, and rounded up to 2 MiB"),
      Limit("what the resource manager says", "to its own log; the VMM is told ENODEV or EINVAL"),
    ],
    kind: .vm,
    architectures: [.arm64],
    mark: Mark(what: "/gunyah-vm-config") { GunyahConfig.node(in: $0) != nil })
}

extension Source {
  /// A file of Gunyah's resource manager, and the functions in it that matter.
  static func gunyah(_ file: String, _ functions: String...) -> Source {
    .program("gunyah-resource-manager", ([file] + functions).joined(separator: ", "))
  }
}

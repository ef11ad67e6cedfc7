import Diagnostics
import GuestView

extension TargetProfile {
  static let pvmfw = TargetProfile(
    .pvmfw, title: "pvmfw",
    summary: """
      the firmware of Android's protected guests, which reads what it believes of the tree, writes it \
      into a tree of its own, and reboots the guest where it believes something else
      """,
    version:
      "Android Virtualization Framework, guest/pvmfw, as mirrored at 00172f7714 with a template for x86",
    date: "2026-11-27",
    sources: [
      .pvmfw("src/fdt.rs", "parse_device_tree", "patch_device_tree"), .pvmfw("platform.dts"),
      .program("Android libs/libvmbase", "src/fdt.rs, SwiotlbInfo::new_from_fdt"),
    ],
    limits: [
      Limit("the tree", "2 MiB"),
      Limit("memory", "starts at 0x80000000, or with the firmware's own at 0x7fc00000"),
      Limit("CPUs", "16"),
      Limit("UARTs", "4"), Limit("rows of interrupt-map", "16"),
      Limit("windows of the PCI host", "2"),
      Limit("restricted pools", "1"),
    ],
    weights: [
      Leniency("guest/timer-trigger", .note, because: "pvmfw's own tree has the timer")
    ],
    kind: .vm,
    architectures: [.arm64])
}

extension Source {
  /// A file of pvmfw, and the functions in it that matter.
  static func pvmfw(_ file: String, _ functions: String...) -> Source {
    .program(
      "Android packages/modules/Virtualization",
      (["guest/pvmfw/\(file)"] + functions).joined(separator: ", "))
  }
}

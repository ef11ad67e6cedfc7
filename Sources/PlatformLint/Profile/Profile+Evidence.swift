public import DeviceTree
import GuestView

extension Profile {
  /// The profile that `tree` itself suggests.
  ///
  /// The marks of a virtual machine are looked for first, so that a guest with devices of its host
  /// passed through is still held to be one; without any mark the stricter profile is taken.
  public static func suggested(by tree: FlattenedTree) -> ProfileChoice {
    let compatible = strings(of: tree.root, "compatible")
    if let machine = compatible.first(where: virtualMachines.contains) {
      return ProfileChoice(.vm, because: "the root is compatible with \(machine)")
    }
    if let child = tree.root.children.first(where: { $0.name == "hypervisor" }) {
      return ProfileChoice(.vm, because: "there is \(child.path)")
    }
    for node in tree.nodes {
      if let device = strings(of: node, "compatible").first(where: virtualDevices.contains) {
        return ProfileChoice(.vm, because: "\(node.path) is compatible with \(device)")
      }
    }
    // Of a chip, a vendor names the board and the chip: Devicetree Specification 0.4, section 3.2.
    if let board = compatible.first, compatible.count > 1, compatible.allSatisfy({ $0.contains(",") }) {
      return ProfileChoice(.soc, because: "the root is compatible with \(board), a board")
    }
    return ProfileChoice(.vm, because: "nothing tells what it is for, and this is the stricter one")
  }

  /// What VMMs call their machines.
  ///
  /// **Source:** QEMU `hw/arm/virt.c` and `hw/riscv/virt.c`, which crosvm, Cloud Hypervisor,
  /// Firecracker and kvmtool follow with `linux,dummy-virt`; Xen `tools/libs/light/libxl_arm.c`.
  private static let virtualMachines: Set<String> = [
    "linux,dummy-virt", "riscv-virtio", "linux,dummy-loongson3", "xen,xenvm",
  ]

  /// Devices that only a VMM makes.
  private static let virtualDevices: Set<String> = [
    "virtio,mmio", "virtio,pci-iommu", "qemu,fw-cfg-mmio", "xen,xen", "arm,xen", "vmgenid",
    "microsoft,vmgenid", "qemu,vcpu-stall-detector", "linux,kvm", "virtual,gpio-hostsim",
  ]

  private static func strings(of node: FlattenedTree.Node, _ name: String) -> [String] {
    node.property(name)?.strings ?? []
  }
}

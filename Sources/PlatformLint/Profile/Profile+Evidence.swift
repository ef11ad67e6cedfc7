public import DeviceTree
import GuestView

extension Profile {
  /// The profile that `tree` itself suggests.
  ///
  /// The marks of a virtual machine are looked for first, so that a guest with devices of its host
  /// passed through is still held to be one; without any mark the stricter profile is taken.
  public static func suggested(by tree: FlattenedTree) -> ProfileChoice {
    suggested(by: GuestView(tree: tree))
  }

  /// The profile that the tree of `view` suggests.
  static func suggested(by view: GuestView) -> ProfileChoice {
    let tree = view.tree
    if let machine = virtualMachines.first(where: { tree.root.isCompatible($0) }) {
      return ProfileChoice(.vm, because: "the root is compatible with \(machine)")
    }
    if let hypervisor = tree.root.child("hypervisor") {
      return ProfileChoice(.vm, because: "there is \(hypervisor.path)")
    }
    // Of one node the first in the list counts.
    let found = virtualDevices.compactMap { device in
      view.nodes(compatibleWith: device).first.map { (node: $0, device: device) }
    }
    if let (node, device) = found.min(by: { $0.node.index < $1.node.index }) {
      return ProfileChoice(.vm, because: "\(node.path) is compatible with \(device)")
    }
    // Of a board, the vendor names the board and the chip: Devicetree Specification 0.4, 3.2.
    let names = tree.root.property("compatible")?.strings ?? []
    if let board = names.first, names.count > 1, names.allSatisfy({ $0.contains(",") }) {
      return ProfileChoice(.soc, because: "the root is compatible with \(board), a board")
    }
    return ProfileChoice(.vm, because: "nothing tells what the tree is for, and this is stricter")
  }

  /// What VMMs call their machines.
  ///
  /// **Source:** QEMU `hw/arm/virt.c` and `hw/riscv/virt.c`; crosvm, Cloud Hypervisor, Firecracker
  /// and kvmtool call theirs `linux,dummy-virt` too; Xen `tools/libs/light/libxl_arm.c`.
  private static let virtualMachines: [String] = [
    "linux,dummy-virt", "riscv-virtio", "linux,dummy-loongson3", "xen,xenvm",
  ]

  /// Devices that only a VMM makes.
  private static let virtualDevices: [String] = [
    "virtio,mmio", "virtio,pci-iommu", "qemu,fw-cfg-mmio", "xen,xen", "microsoft,vmgenid",
    "qemu,vcpu-stall-detector",
  ]
}

import DeviceTree
import PlatformDescription

extension MachineLowering {
  mutating func lower(_ noun: GICv2) {
    guard isFirst("interrupt controller", at: noun.declaration.location) else { return }
    var node = controller(at: noun.distributor, noun.declaration, "arm,cortex-a15-gic")
    node.set(
      "reg",
      reg: [(noun.distributor, .kib(64)), (noun.cpuInterface, noun.cpuInterfaceSize)])
    for (index, frame) in noun.frames.enumerated() {
      var child = DraftNode(
        "v2m", at: frame.at, declaration: frame.declaration, target: .msi(index))
      child.set("compatible", .string("arm,gic-v2m-frame"))
      child.set("msi-controller", .empty)
      child.set("reg", reg: [(frame.at, .kib(4))])
      finish(&child)
      node.children.append(child)
    }
    finish(&node)
    system.append(node)
  }

  mutating func lower(_ noun: GICv3) {
    guard isFirst("interrupt controller", at: noun.declaration.location) else { return }
    var node = controller(at: noun.distributor, noun.declaration, "arm,gic-v3")
    // Two frames of 64 KiB for each processor: Arm IHI 0069, section 12.10.
    let size = noun.redistributorsSize ?? .kib(128) * cpuCount
    node.set(
      "reg", reg: [(noun.distributor, .kib(64)), (noun.redistributors, size)])
    node.set("#redistributor-regions", .u32(1))
    for (index, its) in noun.its.enumerated() {
      var child = DraftNode(
        names.its, at: its.at, declaration: its.declaration, target: .msi(index))
      child.set("compatible", .string("arm,gic-v3-its"))
      child.set("msi-controller", .empty)
      child.set("#msi-cells", .u32(1))
      child.set("reg", reg: [(its.at, .kib(128))])
      finish(&child)
      node.children.append(child)
    }
    finish(&node)
    system.append(node)
  }

  private func controller(
    at address: GuestAddress, _ declaration: Declaration, _ compatible: String
  ) -> DraftNode {
    var node = DraftNode(
      names.interruptController, at: address, declaration: declaration,
      target: .interruptController)
    node.set("compatible", .string(compatible))
    node.set("interrupt-controller", .empty)
    node.set("#interrupt-cells", .u32(3))
    node.set("#address-cells", .u32(2))
    node.set("#size-cells", .u32(2))
    node.set("ranges", .empty)
    return node
  }
}

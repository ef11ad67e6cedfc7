import DeviceTree
import PlatformDescription

extension MachineLowering {
  mutating func lower(_ noun: GICv2) {
    guard isFirst("interrupt controller", at: noun.declaration.location) else { return }
    var node = controller(
      at: noun.distributor, noun.declaration, "arm,cortex-a15-gic", Target(noun))
    node.set(
      "reg",
      reg: [
        (noun.distributor, noun.distributorSize ?? .kib(64)),
        (noun.cpuInterface, noun.cpuInterfaceSize),
      ]
        + (noun.virtualInterface.map { [$0.control, $0.cpuInterface] } ?? [])
        .map { ($0.at, $0.size) })
    setMaintenance(noun.maintenanceInterrupt, of: &node)
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
    var node = controller(at: noun.distributor, noun.declaration, "arm,gic-v3", Target(noun))
    // Two frames of 64 KiB for each processor: Arm IHI 0069, section 12.10.
    let size = noun.redistributorsSize ?? .kib(128) * cpuCount
    let further = noun.furtherRedistributors ?? []
    node.set(
      "reg",
      reg: [(noun.distributor, .kib(64)), (noun.redistributors, size)]
        + further.map { ($0.at, $0.size) })
    node.set("#redistributor-regions", .u32(UInt32(1 + further.count)))
    setMaintenance(noun.maintenanceInterrupt, of: &node)
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

  private mutating func setMaintenance(_ interrupt: Interrupt?, of node: inout DraftNode) {
    guard let interrupt else { return }
    setInterrupts([interrupt], of: &node, at: node.declaration?.location)
  }

  private func controller(
    at address: GuestAddress, _ declaration: Declaration, _ compatible: String, _ noun: Target
  ) -> DraftNode {
    var node = DraftNode(
      names.interruptController, at: address, declaration: declaration,
      target: .interruptController)
    node.noun = noun
    node.set("compatible", .string(compatible))
    node.set("interrupt-controller", .empty)
    node.set("#interrupt-cells", .u32(3))
    node.set("#address-cells", .u32(2))
    node.set("#size-cells", .u32(2))
    node.set("ranges", .empty)
    return node
  }
}

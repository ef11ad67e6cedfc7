import DeviceTree
import PlatformDescription

extension Architecture {
  /// The instruction set of the processors of `tree`; arm64 where they don't say.
  init(of tree: FlattenedTree) {
    let cpus = tree.root.child("cpus").map { Array($0.children) } ?? []
    let isRISCV = cpus.contains {
      $0.property("compatible")?.lists("riscv") == true || $0.has("riscv,isa")
    }
    self = isRISCV ? .riscv64 : .arm64
  }
}

extension ImportedController.Kind {
  /// What the specifiers of a controller are made of; nil for one that devices aren't wired to.
  init?(of node: FlattenedTree.Node) {
    guard node.has("interrupt-controller"), let compatible = node.property("compatible") else {
      return nil
    }
    if ["arm,gic-v3", "arm,cortex-a15-gic", "arm,gic-400"].contains(where: { compatible.lists($0) })
    {
      self = .gic
    } else if compatible.lists("sifive,plic-1.0.0") || compatible.lists("riscv,plic0") {
      self = .plic
    } else if compatible.lists("riscv,aplic"), !node.has("riscv,children") {
      self = .aplic
    } else {
      return nil
    }
  }
}

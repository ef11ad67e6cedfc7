import DeviceTree

/// The processor that a tree describes, as far as it can be told.
public enum Architecture: String, Sendable, Hashable, Codable {
  /// AArch64.
  case arm64
  /// 64-bit RISC-V.
  case riscv64

  /// From the timer and the CPUs; nil where they don't say.
  init?(_ tree: FlattenedTree, _ compatibles: CompatibleIndex) {
    for node in compatibles.nodes(listing: "arm,armv8-timer") where node.parent?.index == 0 {
      self = .arm64
      return
    }
    guard let cpus = tree.root.child("cpus") else { return nil }
    for cpu in cpus.children {
      if cpu.isCompatible("riscv") {
        self = .riscv64
        return
      }
      if cpu.isCompatible("arm,armv8") || cpu.isCompatible("arm,arm-v8") {
        self = .arm64
        return
      }
    }
    return nil
  }
}

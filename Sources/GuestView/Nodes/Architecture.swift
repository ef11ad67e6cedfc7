import DeviceTree

/// The processor that a tree describes, as far as it can be told.
public enum Architecture: String, Sendable, Hashable, Codable {
  /// AArch64.
  case arm64
  /// 32-bit Arm.
  case arm32
  /// 64-bit RISC-V.
  case riscv64
  /// An x86 PC, whose tree stands beside ACPI or in place of it.
  case x86

  /// From the timer and the CPUs; nil where they don't say.
  init?(_ tree: FlattenedTree, _ compatibles: CompatibleIndex) {
    // A 64-bit timer is listed as compatible with the older one too.
    for node in compatibles.nodes(listing: "arm,armv8-timer") where node.parent?.index == 0 {
      self = .arm64
      return
    }
    for node in compatibles.nodes(listing: "arm,armv7-timer") where node.parent?.index == 0 {
      self = .arm32
      return
    }
    // A hart's own controller is there whatever the hart calls itself.
    if !compatibles.nodes(listing: "riscv,cpu-intc").isEmpty {
      self = .riscv64
      return
    }
    guard let cpus = tree.root.child("cpus") else { return nil }
    for cpu in cpus.children {
      for name in cpu.property("compatible")?.strings ?? [] {
        guard let architecture = Self.architecture(ofCPU: name) else { continue }
        self = architecture
        return
      }
    }
    return nil
  }

  /// **Source:** Linux `Documentation/devicetree/bindings/arm/cpus.yaml`, `riscv/cpus.yaml` and
  /// `x86/ce4100.txt`.
  private static func architecture(ofCPU name: String) -> Architecture? {
    if name == "riscv" { return .riscv64 }
    if name.hasPrefix("intel,") { return .x86 }
    if name == "arm,armv8" || name == "arm,arm-v8" { return .arm64 }
    if name.hasPrefix("arm,neoverse-") || name.hasPrefix("arm,cortex-x") { return .arm64 }
    guard name.hasPrefix("arm,cortex-a"),
      let number = Int(name.dropFirst(12).prefix { $0.isNumber })
    else { return nil }
    return [5, 7, 8, 9, 12, 15, 17, 32].contains(number) ? .arm32 : .arm64
  }
}

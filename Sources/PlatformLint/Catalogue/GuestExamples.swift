import GuestView

/// Kernels of the examples.
enum GuestExamples {
  /// What the two devices of ``Example/Base/virt`` offer, where an example is about others.
  static let usualFeatures: [DeviceFeatures.Device] = [
    .init(node: "/virtio@a000000", type: 2, featureBits: [32, 33], queueSizes: [256]),
    .init(node: "/virtio@a000200", type: 1, featureBits: [32, 33], queueSizes: [256, 256]),
  ]

  /// How `guest` differs from the usual kernel of examples, in a sentence; nil where it doesn't.
  static func sentence(about guest: GuestConfiguration) -> String? {
    let usual = kernel()
    var parts: [String] = []
    if guest.architecture != usual.architecture, let architecture = guest.architecture {
      parts.append("is for \(architecture)")
    }
    for option in GuestOption.allCases where guest[option] != usual[option] {
      let name = "CONFIG_\(option.rawValue)"
      switch guest[option] {
      case .off: parts.append("has no `\(name)`")
      case .module: parts.append("has `\(name)=m`")
      case .builtIn: parts.append("has `\(name)=y`")
      }
    }
    return parts.isEmpty ? nil : "The kernel \(parts.joined(separator: ", "))."
  }

  /// A kernel that has all that a guest needs, but for `without`; `asModules` are to be loaded.
  static func kernel(
    without: Set<GuestOption> = [], asModules: Set<GuestOption> = [], with: Set<GuestOption> = [],
    architecture: Architecture? = .arm64
  ) -> GuestConfiguration {
    // Pages have one size, and what changes the answer is asked for.
    let optional: Set<GuestOption> = [
      .arm64Pages16K, .arm64Pages64K, .cmdlineForce, .iommuDefaultPassthrough, .swiotlbDynamic,
    ]
    var builtIn = Set(GuestOption.allCases).subtracting(optional).union(with)
    if !with.isDisjoint(with: [.arm64Pages16K, .arm64Pages64K]) { builtIn.remove(.arm64Pages4K) }
    return GuestConfiguration(
      name: "config", architecture: architecture,
      builtIn: builtIn.subtracting(without).subtracting(asModules), modules: asModules)
  }
}

import GuestView

/// Kernels of the examples.
enum GuestExamples {
  /// What the two devices of ``Example/Base/virt`` offer, where an example is about others.
  static let usualFeatures: [DeviceFeatures.Device] = [
    .init(node: "/virtio@a000000", type: 2, featureBits: [32, 33], queueSizes: [256]),
    .init(node: "/virtio@a000200", type: 1, featureBits: [32, 33], queueSizes: [256, 256]),
  ]

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

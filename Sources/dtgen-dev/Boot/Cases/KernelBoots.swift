/// Guests whose kernel was built without CONFIG_DMA_RESTRICTED_POOL, as Debian's are.
enum KernelBoots {
  /// The boots.
  static let all = [
    BootCase(
      name: "kernel-without-pools/protected-guest",
      tree: .fixture("protected-guest", machine: "guest"), machine: .virt.cpus(2),
      devices: [.mmio(.block, 0), .mmio(.network, 1)],
      expectations: [
        .escapes(Named.mmio(0)), .escapes(Named.mmio(1)), .noPool("bounce@5f000000"), .silent,
      ],
      twin: BootCase.TwinKey(
        tree: .fixture("protected-guest", machine: "guest"), machine: .virt.cpus(2),
        devices: [.mmio(.block, 0), .mmio(.network, 1)]),
      kernelHasPools: false)
  ]
}

/// Guests behind `dtgen gate qemu`, with a real kernel: one that is right in all three inputs, and one mistake each that
/// boots without a word where nobody asks.
enum GateBoots {
  /// The boots.
  static let all = [
    gated(
      "right", devices,
      [
        .confined(Named.mmio(0), pool: "bounce@5f000000"),
        .confined(Named.mmio(1), pool: "bounce@5f000000"),
      ]),
    gated(
      "feature-left-out", [devices[0].withoutAccessPlatform, devices[1]],
      [.gateRefuses("dma/access-platform-not-offered")]),
    gated(
      "kernel-without-pools", devices, [.gateRefuses("guest/pools-not-built")],
      kernelHasPools: false),
  ]

  private static let devices: [GuestDevice] = [.mmio(.block, 0), .mmio(.network, 1)]

  private static func gated(
    _ name: String, _ devices: [GuestDevice], _ expectations: [Prediction],
    kernelHasPools: Bool = true
  ) -> BootCase {
    BootCase(
      name: "gate/\(name)", tree: .fixture("protected-guest-by-preset", machine: "guest"),
      machine: .virt.cpus(2), devices: devices, expectations: expectations,
      kernelHasPools: kernelHasPools, isGated: true)
  }
}

import PlatformLint

/// Guests whose disk is served by a process that may map the pool and nothing else of their memory.
///
/// QEMU hands such a process only memory that is a file, so that what is outside the pool isn't hidden
/// from it by good manners.
enum IsolationBoots {
  /// The boots.
  static let all = confined + twins

  private static let machine = GuestMachine.virt.sharing(0x5f00_0000, mebibytes: 8)
  private static let devices: [GuestDevice] = [.mmio(.served, 0), .mmio(.network, 1)]

  private static let confined = [
    BootCase(
      name: "isolation/protected-guest", tree: .fixture("protected-guest", machine: "guest"),
      machine: machine.cpus(2), devices: devices,
      expectations: [.confined(Named.mmio(0), pool: "bounce@5f000000"), .ringAccepted]),
    BootCase(
      name: "isolation/example", tree: .text(.virt, ""), machine: machine, devices: devices,
      expectations: [.confined(Named.disk, pool: Named.bounce), .ringAccepted]),
  ]

  /// The same with one mistake each, of which no kernel says a word.
  private static let twins =
    [
      "dma/dangling-memory-region", "dma/disabled-memory-region", "dma/memory-region-elsewhere",
      "dma/memory-region-without-pool", "dma/pool-misspelt",
    ].map { twin($0, tree: .example(rule: $0, 0)) } + [
      twin("pool-left-out", tree: .text(.virt, "&disk {\n  /delete-property/ memory-region;\n};")),
      twin(
        "feature-left-out", tree: .text(.virt, ""),
        devices: [GuestDevice.mmio(.served, 0).withoutAccessPlatform, .mmio(.network, 1)]),
      twin("kernel-without-pools", tree: .text(.virt, ""), kernelHasPools: false),
    ]

  private static func twin(
    _ name: String, tree: BootTree, devices: [GuestDevice] = devices, kernelHasPools: Bool = true
  ) -> BootCase {
    BootCase(
      name: "isolation/\(name.split(separator: "/").last.map(String.init) ?? name)", tree: tree,
      machine: machine, devices: devices, expectations: [.ringRefused, .hangs, .silent],
      twin: BootCase.TwinKey(tree: .text(.virt, ""), machine: machine, devices: self.devices),
      kernelHasPools: kernelHasPools)
  }
}

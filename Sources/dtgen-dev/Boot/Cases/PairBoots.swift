/// Two guests that run side by side, each with the tree of its machine, and have one file as a part of
/// their RAM.
///
/// The file is mapped at the address that each tree gives it. One guest's disk bounces through it, and the
/// other follows what the first one's driver wrote into its virtqueues, as a backend would.
enum PairBoots {
  /// The boots.
  static let all = [
    pair("shared/two-machines", "two-machines", [.meets("mailbox@51000000")] + carried),
    // Nobody says there when the frontend has done its part.
    pair("shared/static-share", "static-share", mebibytes: 16, carried),
    elsewhere,
  ]

  private static let carried: [Prediction] = [
    .confined(Named.mmio(0), pool: "vrings@50000000"),
    .confined(Named.mmio(1), pool: "vrings@50000000"), .reaches("vrings@50000000"),
  ]

  private static let devices: [GuestDevice] = [.mmio(.block, 0), .mmio(.network, 1)]

  /// The frontend's RAM, with the window in its midst.
  private static func primary(_ mebibytes: Int) -> GuestMachine {
    .virt.cpus(2).sharing(0x5000_0000, mebibytes: mebibytes)
  }

  /// The backend's, which ends with the window.
  private static func secondary(_ mebibytes: Int, at address: UInt64) -> GuestMachine {
    let before = Int((address - GuestArchitecture.arm64.memoryAddress) >> 20)
    return .virt.mebibytes(before + mebibytes).sharing(address, mebibytes: mebibytes)
  }

  private static func pair(
    _ name: String, _ platform: String, mebibytes: Int = 17, _ expectations: [Prediction]
  ) -> BootCase {
    BootCase(
      name: name, tree: .fixture(platform, machine: "primary"), machine: primary(mebibytes),
      devices: devices, expectations: expectations,
      peer: BootCase.Peer(
        tree: .fixture(platform, machine: "secondary"),
        machine: secondary(mebibytes, at: 0x5000_0000)))
  }

  /// The frontend can't tell: its own devices work, since what serves them here has all of its RAM.
  private static let elsewhere: BootCase = {
    let twin = pair("", "two-machines", [])
    var boot = pair(
      "shared/address-differs", "share-at-two-addresses",
      [.confined(Named.mmio(0), pool: "vrings@50000000"), .misses("vrings@52000000"), .silent])
    boot.peer?.machine = secondary(17, at: 0x5200_0000)
    boot.rule = "shared/address-differs"
    boot.twin = BootCase.TwinKey(
      tree: twin.tree, machine: twin.machine, devices: twin.devices, peer: twin.peer)
    return boot
  }()
}

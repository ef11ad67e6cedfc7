import DTGenTestSupport

/// QEMU from its start to the end of a guest that switches its machine off, behind a gate and without one.
enum GateRows {
  /// What a gate may add, in nanoseconds.
  private static let goal = 20_000_000

  static func measure(_ workshop: Workshop) throws -> [Row] {
    guard let qemu = Tool.qemuArm.path else { throw Failure("there is no \(Tool.qemuArm.name)") }
    // movz w0, #8; movk w0, #0x8400, lsl #16; hvc #0: SYSTEM_OFF of PSCI.
    let program = try workshop.write(
      [0, 1, 0x80, 0x52, 0, 0x80, 0xb0, 0x72, 2, 0, 0, 0xd4], to: "Image")
    let words = [
      "-M", "virt,gic-version=3", "-cpu", "cortex-a57", "-nodefaults", "-display", "none",
      "-kernel", program, "-global", "virtio-mmio.force-legacy=false", "-device",
      "virtio-rng-device,iommu_platform=on", "-device", "virtio-rng-pci",
    ]
    let alone = Invocation(executable: qemu, arguments: words)
    let gated = Invocation(
      executable: workshop.dtgen,
      arguments: ["gate", "qemu", "--guest", "debian-13-cloud-arm64", "--", qemu] + words)
    let row = try Contest(
      what: "starting a guest of QEMU's behind a gate, for 20 ms at the most", goal: 1,
      rounds: workshop.rounds(50), peerName: "qemu-system-aarch64",
      ours: { () throws(Failure) in Sample(try gated.run()) },
      peer: { () throws(Failure) in Sample(try alone.run()) }
    ).run()
    guard case .cost(let ours) = row.ours, case .cost(let peer) = row.peer else { return [row] }
    // As a ratio, like all goals, in hundredths.
    let ratio = Double(peer.wall + goal) / Double(max(peer.wall, 1))
    return [
      Row(
        what: row.what, peerName: row.peerName, ours: ours, peer: peer,
        goal: (ratio * 100).rounded(.down) / 100)
    ]
  }
}

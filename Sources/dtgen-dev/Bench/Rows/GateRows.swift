import DTGenTestSupport

/// QEMU from its start to the end of a guest that switches its machine off, behind a gate and without one.
enum GateRows {
  /// What a gate may add, in nanoseconds.
  private static let goal = 20_000_000

  static func measure(_ workshop: Workshop) throws -> [Row] {
    [try tree(workshop), try tables(workshop)]
  }

  /// A guest that goes by a tree.
  private static func tree(_ workshop: Workshop) throws -> Row {
    // movz w0, #8; movk w0, #0x8400, lsl #16; hvc #0: SYSTEM_OFF of PSCI.
    let program = try workshop.write(
      [0, 1, 0x80, 0x52, 0, 0x80, 0xb0, 0x72, 2, 0, 0, 0xd4], to: "Image")
    return try row(
      "starting a guest of QEMU's behind a gate, for 20 ms at the most", workshop, .qemuArm,
      [
        "-M", "virt,gic-version=3", "-cpu", "cortex-a57", "-nodefaults", "-display", "none",
        "-kernel", program, "-global", "virtio-mmio.force-legacy=false", "-device",
        "virtio-rng-device,iommu_platform=on", "-device", "virtio-rng-pci",
      ], guest: "debian-13-cloud-arm64")
  }

  /// A guest that goes by tables.
  private static func tables(_ workshop: Workshop) throws -> Row {
    // mov al, 0xfe; out 0x64, al; hlt; jmp .-1: the keyboard's controller resets the machine.
    let firmware = try workshop.write(
      [UInt8](repeating: 0, count: 0xfff0) + [0xb0, 0xfe, 0xe6, 0x64, 0xf4, 0xeb, 0xfd]
        + [UInt8](repeating: 0, count: 9), to: "bios")
    return try row(
      "starting a PC's guest behind a gate, for 20 ms at the most", workshop, .qemuX86,
      [
        "-M", "q35", "-nodefaults", "-display", "none", "-bios", firmware, "-no-reboot", "-device",
        "virtio-rng-pci",
      ], guest: "debian-13-cloud-amd64")
  }

  private static func row(
    _ what: String, _ workshop: Workshop, _ tool: Tool, _ words: [String], guest: String
  ) throws -> Row {
    guard let qemu = tool.path else { throw Failure("there is no \(tool.name)") }
    let alone = Invocation(executable: qemu, arguments: words)
    let gated = Invocation(
      executable: workshop.dtgen,
      arguments: ["gate", "qemu", "--guest", guest, "--", qemu] + words)
    let row = try Contest(
      what: what, goal: 1, rounds: workshop.rounds(50), peerName: tool.name,
      ours: { () throws(Failure) in Sample(try gated.run()) },
      peer: { () throws(Failure) in Sample(try alone.run()) }
    ).run()
    guard case .cost(let ours) = row.ours, case .cost(let peer) = row.peer else { return row }
    // As a ratio, like all goals, in hundredths.
    let ratio = Double(peer.wall + goal) / Double(max(peer.wall, 1))
    return Row(
      what: row.what, peerName: row.peerName, ours: ours, peer: peer,
      goal: (ratio * 100).rounded(.down) / 100)
  }
}

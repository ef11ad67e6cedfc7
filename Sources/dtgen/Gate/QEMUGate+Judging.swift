import DeviceTree
import GuestView
import VMMInterface

extension QEMUGate {
  /// Judges the guest of a machine that hasn't started.
  ///
  /// - Throws: ``GateStop`` where that can't be done.
  func judge(
    _ monitor: QEMUMonitor, in folder: TemporaryDirectory
  ) throws(GateStop) -> ExitStatus {
    try monitor.requireUnstarted()
    let board = try monitor.board()
    let file = folder.path + "/tree"
    guard try monitor.writeTree(to: file) else {
      throw monitor.connection.failure(
        "has no device tree: this machine's guests go by ACPI tables, which the gate doesn't judge")
    }
    if !trustsFirmware { try refuseFirmware(monitor, board) }
    let machine = QEMUMachine(devices: try monitor.devices(), board: board)
    let kernel = try monitor.text("kernel")
    let status: ExitStatus
    do throws(Failure) {
      status = try judge(try tree(in: file), machine, kernel: kernel)
    } catch {
      throw .failure(error)
    }
    // Judging takes its time, and another monitor may have started the guest meanwhile.
    if status == .clean { try monitor.requireUnstarted() }
    return status
  }

  /// Makes sure that no firmware stands between the tree and the guest.
  ///
  /// **Source:** EDK2 `ArmVirtPkg`, which gives its guest QEMU's tables and hides the tree where QEMU has
  /// both; QEMU 7.2 `hw/arm/virt.c`, `virt_is_acpi_enabled`.
  private func refuseFirmware(
    _ monitor: QEMUMonitor, _ board: QEMUBoard?
  ) throws(GateStop) {
    guard let setting = try monitor.text("acpi"), setting != "off" else { return }
    var firmware = try monitor.text("pflash0")
    // OpenSBI, which riscv64's machine has by itself, hands the tree on.
    if firmware == nil, board != .riscv64Virt { firmware = try monitor.text("firmware") }
    guard let firmware else { return }
    throw .failure(
      Failure(
        .usage,
        "\(name): its firmware, \(firmware), may give the guest ACPI tables and hide the tree that would be "
          + "judged: say acpi=off in -M, or --firmware-keeps-tree where it doesn't"))
  }

  private func tree(in file: String) throws(Failure) -> GivenTree {
    do throws(Failure) {
      // Whoever keeps it wants it as QEMU has it, with the room behind it.
      let (bytes, fileSize) = try InputFile.read(
        file, limit: request.limits.tree.maximumSize, magics: [FlattenedTree.magic],
        sizePromised: FlattenedTree.sizePromised,
        sizeNeeded: { treeFile == nil ? FlattenedTree.sizeNeeded(of: $0) : .max })
      return GivenTree(name: name, bytes: bytes, fileSize: fileSize)
    } catch {
      // The file is no business of the caller's.
      let reason = error.message.replacing(file, with: "what it calls a tree")
      throw Failure(error.status, "\(name): \(reason)")
    }
  }

  private func judge(
    _ given: GivenTree, _ machine: QEMUMachine, kernel: String?
  ) throws(Failure) -> ExitStatus {
    if let treeFile {
      var files = OutputFiles()
      files.add(treeFile, given.bytes)
      try files.write()
    }
    var request = request
    request.given = given
    try addKernel(to: &request, kernel)
    let tree = try FlattenedTree(
      given.bytes, fileSize: given.fileSize, limits: request.limits.tree, path: name)
    do throws(CommandLineError) {
      request.features = try machine.features(in: GuestView(tree: tree))
    } catch {
      throw Failure(.badInput, "\(name): \(error.description)")
    }
    return try LintRun(request).run()
  }

  /// Takes what the image of the kernel says of itself, where nobody said what it was built with.
  private func addKernel(to request: inout LintRequest, _ kernel: String?) throws(Failure) {
    guard request.guest == nil, !takesUnknownKernel else { return }
    if let kernel { request.guest = try KernelImage.configuration(in: kernel) }
    if request.guest != nil { return }
    throw Failure(
      .usage,
      "nothing is known of the guest's kernel: say with --guest-config or --guest what it was built with, "
        + "or --unknown-kernel to start it without knowing")
  }
}

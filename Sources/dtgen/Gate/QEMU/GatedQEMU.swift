import DeviceTree
import VMMInterface

/// A QEMU behind a gate.
struct GatedQEMU: GatedVMM {
  private let launch: QEMULaunch
  private let monitor: QEMUMonitor
  private let patience: VMMPatience
  private let name: String
  private let options: Options

  /// What a gate in front of QEMU is told.
  struct Options {
    /// How long QEMU may take until its guest is judged, in seconds.
    var patience: Int
    /// Whether the guest goes by the tree, though its firmware may give it tables instead.
    var trustsFirmware: Bool
    /// The firmware of the guest, where this QEMU stands in for one that has it; nil to ask it.
    var firmware: String?
    /// What is read of a tree at the most.
    var limits: Limits
    /// Whether the tree is kept, with the room behind it.
    var keepsTree: Bool
    /// Whether QEMU was told to end where its machine is reset.
    var endsOnReset: Bool
  }

  /// Starts QEMU.
  ///
  /// - Throws: ``GateStop``.
  init(
    _ command: [String], name: String, _ options: Options, _ signals: TerminationSignals
  ) throws(GateStop) {
    self.name = name
    self.options = options
    launch = try QEMULaunch(command, name: name, signals)
    patience = VMMPatience(seconds: options.patience, consequence: "the guest was not started")
    let socket = VMMSocket(launch.monitor, launch.vmm, name: name, patience)
    do throws(GateStop) {
      monitor = QEMUMonitor(connection: try QMPConnection(socket))
    } catch {
      launch.vmm.stop(isEnding: false)
      throw error
    }
  }

  var process: Companion { launch.vmm }

  func requireUnstarted() throws(GateStop) { try monitor.requireUnstarted() }

  func go() throws(GateStop) -> Child.Ending? { try monitor.go() }

  func quit() -> Bool { (try? monitor.quit()) != nil }

  func machine() throws(GateStop) -> GatedMachine {
    let board = try monitor.board()
    let file = launch.folder.path + "/tree"
    // A PC has none, and to ask costs more than to judge one of its tables.
    var hasTree = false
    if !board.isPC { hasTree = try monitor.writeTree(to: file) }
    let firmware = hasTree && !options.trustsFirmware ? try firmwareWithTables(board) : nil
    let tree: GivenTree?
    do throws(Failure) {
      tree =
        hasTree
        ? try GivenTree(
          in: file, name: name, limits: options.limits, isWhole: options.keepsTree) : nil
    } catch {
      throw .failure(error)
    }
    var machine = QEMUMachine(devices: try monitor.devices(), board: board.known)
    var tables: [UInt8] = []
    if !hasTree || firmware != nil {
      let reader = QEMUTableReader(
        monitor: monitor, launch: launch, patience: patience, name: name,
        configurationSpace: GivenTree.configurationSpace(of: tree))
      tables = Array(try reader.read(of: board, &machine).joined())
      // What is left of the reading must not be seen by the guest.
      try monitor.reset(endsOnReset: options.endsOnReset)
    }
    guard hasTree || !tables.isEmpty else {
      throw monitor.connection.failure("has neither a device tree nor ACPI tables for its guest")
    }
    if let firmware, tables.isEmpty { throw refusal(of: firmware) }
    guard !hasTree || board.known == .arm64Virt || board.known == .riscv64Virt else {
      throw monitor.connection.failure(
        "is no machine of which the gate knows what its guest goes by: it judges those of virt, of arm64 and "
          + "riscv64, and those of x86")
    }
    let asked = machine
    return GatedMachine(
      tree: tree, tables: tables, firmware: firmware,
      kernelArguments: tables.isEmpty ? nil : try monitor.text("append"),
      kernel: try monitor.text("kernel"),
      features: { view throws(CommandLineError) in try asked.features(in: view) },
      featuresUnderACPI: { view throws(CommandLineError) in try asked.features(in: view) })
  }

  /// Firmware that may give the guest tables in place of the tree; nil where there is none.
  ///
  /// **Source:** EDK2 `ArmVirtPkg`, which gives its guest QEMU's tables and hides the tree where QEMU has
  /// both; QEMU 7.2 `hw/arm/virt.c`, `virt_is_acpi_enabled`.
  private func firmwareWithTables(_ board: QEMUMonitor.Board) throws(GateStop) -> String? {
    if let firmware = options.firmware { return firmware }
    guard let setting = try monitor.text("acpi"), setting != "off" else { return nil }
    if let firmware = try monitor.text("pflash0") { return firmware }
    // OpenSBI, which riscv64's machine has by itself, hands the tree on.
    return board.known == .riscv64Virt ? nil : try monitor.text("firmware")
  }

  private func refusal(of firmware: String) -> GateStop {
    .failure(
      Failure(
        .usage,
        "\(name): its firmware, \(firmware), may give the guest ACPI tables and hide the tree that would be "
          + "judged, and this QEMU has no tables to judge: leave ACPI out of the machine, or say "
          + "--firmware-keeps-tree where it doesn't"))
  }
}

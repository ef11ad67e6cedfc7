import DeviceTree
import VMMInterface

/// A QEMU behind a gate.
struct GatedQEMU: GatedVMM {
  private let launch: QEMULaunch
  private let monitor: QEMUMonitor
  private let name: String
  private let options: Options

  /// What a gate in front of QEMU is told.
  struct Options {
    /// How long QEMU may take until its guest is judged, in seconds.
    var patience: Int
    /// Whether the guest goes by the tree, though its firmware may give it tables instead.
    var trustsFirmware: Bool
    /// What is read of a tree at the most.
    var limits: Limits
    /// Whether the tree is kept, with the room behind it.
    var keepsTree: Bool
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
    let socket = VMMSocket(
      launch.monitor, launch.vmm, name: name,
      VMMPatience(seconds: options.patience, consequence: "the guest was not started"))
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
    guard try monitor.writeTree(to: file) else {
      throw monitor.connection.failure(
        "has no device tree: this machine's guests go by ACPI tables, which the gate doesn't judge")
    }
    guard board == .arm64Virt || board == .riscv64Virt else {
      throw monitor.connection.failure(
        "is no machine of which the gate knows what its guest goes by: it judges those of virt, of arm64 and riscv64"
      )
    }
    if !options.trustsFirmware { try refuseFirmware(board) }
    let kernel = try monitor.text("kernel")
    let machine = QEMUMachine(devices: try monitor.devices(), board: board)
    do throws(Failure) {
      return GatedMachine(
        tree: try GivenTree(
          in: file, name: name, limits: options.limits, isWhole: options.keepsTree),
        kernel: kernel
      ) { view throws(CommandLineError) in try machine.features(in: view) }
    } catch {
      throw .failure(error)
    }
  }

  /// Makes sure that no firmware stands between the tree and the guest.
  ///
  /// **Source:** EDK2 `ArmVirtPkg`, which gives its guest QEMU's tables and hides the tree where QEMU has
  /// both; QEMU 7.2 `hw/arm/virt.c`, `virt_is_acpi_enabled`.
  private func refuseFirmware(_ board: QEMUBoard?) throws(GateStop) {
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
}

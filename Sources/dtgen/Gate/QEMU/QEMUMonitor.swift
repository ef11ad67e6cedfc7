import VMMInterface

/// What is asked of a QEMU whose machine hasn't started.
///
/// **Source:** QEMU 7.2 `qapi/{machine,machine-target,misc,qom,run-state,virtio}.json`.
struct QEMUMonitor {
  let connection: QMPConnection

  private struct State: Decodable { var status: String }
  private struct Target: Decodable { var arch: String }
  private struct ListedDevice: Decodable { var path: String }

  /// Makes sure that no instruction of the guest has run.
  ///
  /// - Throws: ``GateStop``.
  func requireUnstarted() throws(GateStop) {
    let state = try connection.ask("query-status", as: State.self).status
    guard state == "prelaunch" else {
      throw connection.failure(
        "is '\(state)', and not 'prelaunch': another monitor was faster than the gate")
    }
  }

  /// Has QEMU write the tree that the guest will find in memory.
  ///
  /// - Returns: Whether the machine has one.
  /// - Throws: ``GateStop``.
  func writeTree(to file: String) throws(GateStop) -> Bool {
    let (_, refusal) = try connection.reply(
      to: "dumpdtb", ["filename": file], as: QMPNothing.self)
    guard let refusal else { return true }
    if refusal.kind == "CommandNotFound" {
      throw connection.failure("has no dumpdtb, which came with QEMU 7.2")
    }
    if refusal.description.hasSuffix("have a FDT") { return false }
    throw connection.failure("writes no tree: \(refusal.description)")
  }

  /// The text of a property of an object; nil where there is none.
  ///
  /// - Throws: ``GateStop``.
  func text(_ property: String, of path: String = "/machine") throws(GateStop) -> String? {
    let text = try connection.reply(
      to: "qom-get", ["path": path, "property": property], as: String.self
    ).answer
    return text == "" ? nil : text
  }

  /// What QEMU calls a processor and a machine: `aarch64`, `virt-7.2-machine`.
  struct Board {
    var target: String
    var machineType: String

    /// The board; nil for one that isn't known here.
    var known: QEMUBoard? { QEMUBoard(target: target, machineType: machineType) }
    /// Whether its processor is of x86, whose guests go by tables.
    var isPC: Bool { ["x86_64", "i386"].contains(target) }
  }

  /// The machine's board.
  ///
  /// - Throws: ``GateStop``.
  func board() throws(GateStop) -> Board {
    Board(
      target: try connection.ask("query-target", as: Target.self).arch,
      machineType: try text("type") ?? "")
  }

  /// What the machine's virtio devices offer, and where they are.
  ///
  /// - Throws: ``GateStop``.
  func devices() throws(GateStop) -> [QEMUDevice] {
    var devices: [QEMUDevice] = []
    for listed in try connection.ask("x-query-virtio", as: [ListedDevice].self) {
      let device = try connection.ask(
        "x-query-virtio-status", ["path": listed.path], as: QEMUReportedDevice.self)
      let parent = Self.function(of: listed)
      let place = ["path": parent ?? listed.path, "property": "parent_bus"]
      let function: Int?
      if let parent {
        function = try connection.ask("qom-get", ["path": parent, "property": "addr"])
      } else {
        function = nil
      }
      let bus: String = try connection.ask("qom-get", place)
      do throws(CommandLineError) {
        devices.append(try device.device(on: bus, function: function))
      } catch {
        throw connection.failure(error.description)
      }
    }
    // QEMU lists the last one first.
    return devices.reversed()
  }

  /// The number of a bus, by the bridge in front of it; nil for one that is behind none of `bridges`.
  ///
  /// - Throws: ``GateStop``.
  func number(
    ofBus bus: String, among bridges: [PCIBusNumbering.Bridge], depth: Int = 0
  ) throws(GateStop) -> UInt8? {
    let steps = bus.split(separator: "/", omittingEmptySubsequences: false)
    if QEMUCommandLine.isRootBus(String(steps.last ?? "")) { return 0 }
    let bridge = steps.dropLast().joined(separator: "/")
    let function = try connection.reply(
      to: "qom-get", ["path": bridge, "property": "addr"], as: Int.self
    ).answer
    // What has no address is a root of its own. There are no more buses than that, whatever QEMU says.
    guard let function, depth < 256, let parent = try text("parent_bus", of: bridge),
      let number = try number(ofBus: parent, among: bridges, depth: depth + 1)
    else { return nil }
    return bridges.first {
      $0.requesterID == UInt16(number) << 8 | UInt16(truncatingIfNeeded: function & 0xff)
    }?.bus
  }

  private static let back = "/virtio-backend"

  /// The path of the function that a device is the back of, which has an address on PCI; nil for another device.
  private static func function(of device: ListedDevice) -> String? {
    device.path.hasSuffix(back) ? String(device.path.dropLast(back.count)) : nil
  }

  /// Ends QEMU.
  ///
  /// - Throws: ``GateStop``.
  func quit() throws(GateStop) { _ = try connection.ask("quit", as: QMPNothing.self) }

  /// Lets the guest run.
  ///
  /// - Returns: How QEMU ended, where its guest was so fast that it ended before it answered.
  /// - Throws: ``GateStop`` where it doesn't let it.
  func go() throws(GateStop) -> Child.Ending? {
    do throws(GateStop) {
      _ = try connection.ask("cont", as: QMPNothing.self)
      return nil
    } catch {
      if case .ended(let ending) = error { return ending }
      throw error
    }
  }
}

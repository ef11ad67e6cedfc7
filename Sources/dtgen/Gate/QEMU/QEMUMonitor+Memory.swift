/// Reading and writing the memory of a machine that hasn't started.
///
/// **Source:** QEMU 7.2 `softmmu/qtest.c`, the object `qtest`: the protocol of QEMU's own tests, whatever the
/// accelerator is.
extension QEMUMonitor {
  private static let reader = "dtgen-memory-reader"

  /// Has QEMU read and write its memory for whoever is at the other end of the socket that it was started with.
  ///
  /// - Throws: ``GateStop``.
  func openMemory() throws(GateStop) {
    _ = try connection.ask(
      "object-add",
      [
        "qom-type": "qtest", "id": Self.reader, "chardev": QEMULaunch.memorySocket,
        "log": "none",
      ], as: QMPNothing.self)
  }

  /// Takes that away again, and the socket.
  ///
  /// - Throws: ``GateStop``.
  func closeMemory() throws(GateStop) {
    _ = try connection.ask("object-del", ["id": Self.reader], as: QMPNothing.self)
    _ = try connection.ask(
      "chardev-remove", ["id": QEMULaunch.memorySocket], as: QMPNothing.self)
  }

  /// Makes the machine what it was when it was made.
  ///
  /// - Parameter endsOnReset: Whether QEMU was told to end then, which it is told again when this is done.
  /// - Throws: ``GateStop``.
  func reset(endsOnReset: Bool) throws(GateStop) {
    if endsOnReset { try setActionOnReset("reset") }
    try connection.perform("system_reset", untilEvent: "RESET")
    if endsOnReset { try setActionOnReset("shutdown") }
  }

  private func setActionOnReset(_ action: String) throws(GateStop) {
    _ = try connection.ask("set-action", ["reboot": action], as: QMPNothing.self)
  }
}

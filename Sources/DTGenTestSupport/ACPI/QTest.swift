import Foundation

/// A machine of QEMU that doesn't run, whose memory and ports are read and written.
///
/// **Source:** QEMU 7.2 `softmmu/qtest.c`, the protocol.
final class QTest {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var pending: [UInt8] = []
  /// How long an answer may take, in milliseconds.
  private static let patience: Int32 = 30_000

  /// Starts the machine, stopped in front of its first instruction.
  ///
  /// - Throws: ``Tool/Missing``, and what `Process` throws.
  init(tool: Tool, machine: String, arguments: [String]) throws {
    guard let path = tool.path else { throw Tool.Missing(tool: tool) }
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments =
      [
        "-M", machine, "-accel", "tcg", "-S", "-display", "none", "-nodefaults", "-monitor",
        "none", "-serial", "none", "-net", "none", "-qtest", "stdio", "-qtest-log", "none",
      ] + arguments.flatMap { $0.split(separator: " ").map(String.init) }
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
  }

  deinit {
    // A machine that is stopped has nothing to put in order.
    kill(process.processIdentifier, SIGKILL)
  }

  /// Sends a command, and returns what follows the `OK`.
  ///
  /// - Throws: ``QEMUTables/Failure`` where there is none.
  @discardableResult
  func send(_ command: String) throws -> String {
    try input.fileHandleForWriting.write(contentsOf: Data((command + "\n").utf8))
    while true {
      let line = try line()
      if line.hasPrefix("OK") { return String(line.dropFirst(3)) }
      // An interrupt line that changed says so in between.
      guard line.hasPrefix("IRQ") else {
        throw QEMUTables.Failure(description: "qtest said '\(line)' to '\(command.prefix(60))'")
      }
    }
  }

  /// Writes memory.
  ///
  /// - Throws: ``QEMUTables/Failure``.
  func write(_ bytes: [UInt8], at address: UInt64) throws {
    let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    try send("write 0x\(String(address, radix: 16)) \(bytes.count) 0x\(digits)")
  }

  /// Reads memory.
  ///
  /// - Throws: ``QEMUTables/Failure``.
  func read(_ count: Int, at address: UInt64) throws -> [UInt8] {
    let digits = Array(
      try send("read 0x\(String(address, radix: 16)) \(count)").utf8.dropFirst(2))
    func value(_ digit: UInt8) -> UInt8 { digit < 0x40 ? digit & 15 : digit & 15 + 9 }
    return stride(from: 0, to: digits.count - 1, by: 2).map {
      value(digits[$0]) << 4 | value(digits[$0 + 1])
    }
  }

  private func line() throws -> String {
    while true {
      if let end = pending.firstIndex(of: 10) {
        let line = String(decoding: pending[..<end], as: UTF8.self)
        pending.removeSubrange(...end)
        return line
      }
      let descriptor = output.fileHandleForReading.fileDescriptor
      var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&state, 1, Self.patience) == 1 else {
        throw QEMUTables.Failure(description: "QEMU says nothing")
      }
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      let count = Foundation.read(descriptor, &buffer, buffer.count)
      guard count > 0 else {
        throw QEMUTables.Failure(
          description: "QEMU ended, and said '\(String(decoding: pending, as: UTF8.self))'")
      }
      pending += buffer[..<count]
    }
  }
}

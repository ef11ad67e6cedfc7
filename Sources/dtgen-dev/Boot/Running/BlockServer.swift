import DTGenTestSupport
import Foundation
import Glibc

/// The process that serves a disk and may map nothing of the guest but what it is handed.
final class BlockServer {
  private let process = Process()
  private let output = Pipe()

  /// Starts it; QEMU finds it at `socket`.
  ///
  /// - Throws: ``Failure`` where it doesn't come up.
  init(disk: String, socket: String) throws {
    // Beside this program, because it is built with it.
    let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appendingPathComponent("vhost-block")
    process.executableURL = program
    process.arguments = [socket, disk]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    do {
      try process.run()
    } catch {
      throw Failure("\(program.path) can't be started: \(error)")
    }
    for _ in 0..<200 {
      if FileManager.default.fileExists(atPath: socket) { return }
      usleep(10_000)
    }
    _ = stop()
    throw Failure("\(program.path) doesn't listen at \(socket)")
  }

  /// Ends it, and gives what it said.
  func stop() -> String {
    // It ends on its own when QEMU has gone; what it says last is then complete.
    for _ in 0..<50 where process.isRunning { usleep(10_000) }
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

import DTGenTestSupport
import Foundation
import Glibc

/// The process that serves a disk and may map nothing of the guest but what it is handed.
final class BlockServer {
  private let process: TiedProcess
  private let output: String

  /// Starts it; QEMU finds it at `socket`, and what it says goes to the file `output`.
  ///
  /// - Throws: ``Failure`` where it doesn't come up.
  init(disk: String, socket: String, output: String) throws {
    // Beside this program, because it is built with it.
    let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appendingPathComponent("vhost-block").path
    guard FileManager.default.isExecutableFile(atPath: program) else {
      throw Failure("there is no \(program): swift build --product vhost-block")
    }
    // The size of sun_path, with the zero at its end.
    guard socket.utf8.count < 108 else {
      throw Failure("\(socket) is too long for a socket: TMPDIR names another folder")
    }
    self.output = output
    let file = try FileHandle.created(output)
    process = try TiedProcess(program, [socket, disk], output: file, errors: file)
    for _ in 0..<500 where process.isRunning {
      if FileManager.default.fileExists(atPath: socket) { return }
      usleep(10_000)
    }
    throw Failure("\(program) doesn't listen at \(socket): \(stop())")
  }

  /// Ends it, and gives what it said.
  func stop() -> String {
    // It ends on its own when QEMU has gone; what it says last is then complete.
    for _ in 0..<50 where process.isRunning { usleep(10_000) }
    process.kill()
    let bytes = FileManager.default.contents(atPath: output) ?? Data()
    return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

extension FileHandle {
  /// An empty file, for writing.
  ///
  /// - Throws: ``Failure`` where it can't be written.
  static func created(_ path: String) throws(Failure) -> FileHandle {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else {
      throw Failure("\(path) can't be written: \(String(cString: strerror(errno)))")
    }
    return FileHandle(fileDescriptor: file, closeOnDealloc: true)
  }
}

import ArgumentParser
import DeviceTree
import Glibc

/// `dtgen-dev read`: the part of `bench` that reads, in a process of its own.
struct Read: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Read every tree that a file lists, and print how many nodes they have.",
    shouldDisplay: false)

  @Argument(help: "A file with one path a line.")
  var list: String

  func run() throws {
    var nodes = 0
    for path in String(decoding: try Self.bytes(of: list), as: UTF8.self).split(separator: "\n") {
      nodes += try FlattenedTree(Self.bytes(of: String(path))).nodeCount
    }
    print(nodes)
  }

  /// The bytes of a file.
  ///
  /// - Throws: ``Failure`` where it can't be read.
  static func bytes(of path: String) throws(Failure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    defer { close(descriptor) }
    var status = stat()
    guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
      throw Failure("\(path) can't be read: \(String(cString: strerror(errno)))")
    }
    let size = Int(status.st_size)
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let result = Glibc.read(
          descriptor, buffer.baseAddress?.advanced(by: count), size - count)
        if result < 0 && errno == EINTR { continue }
        guard result > 0 else { return }
        count += result
      }
    }
  }
}

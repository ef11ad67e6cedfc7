import Glibc

/// Reads whole files, with a limit: what is read may come from anybody.
enum InputFile {
  /// What is read at the most, in bytes, unless said otherwise.
  static let limit = 64 << 20

  /// The content of the file at `path`; `-` is standard input.
  ///
  /// - Throws: ``Failure`` with status 66 where there is no such file, and 65 where it is too large.
  static func read(_ path: String, limit: Int = limit) throws(Failure) -> [UInt8] {
    if path == "-" { return try read(descriptor: 0, name: name(of: path), limit: limit) }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw Failure(.inputMissing, "\(path): \(reason(errno))")
    }
    defer { close(descriptor) }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw Failure(.inputMissing, "\(path): is a directory")
    }
    return try read(descriptor: descriptor, name: path, limit: limit)
  }

  private static func read(
    descriptor: Int32, name: String, limit: Int
  ) throws(Failure) -> [UInt8] {
    var status = stat()
    var expected = 0
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
      expected = Int(status.st_size)
    }
    guard expected <= limit else { throw tooLarge(name, limit) }
    // One byte more than expected, so that the end shows with the first short read.
    var bytes = try chunk(descriptor, room: expected + 1, name: name)
    if expected > 0, bytes.count == expected { return bytes }
    while true {
      let more = try chunk(descriptor, room: 1 << 16, name: name)
      if more.isEmpty { return bytes }
      bytes += more
      guard bytes.count <= limit else { throw tooLarge(name, limit) }
    }
  }

  /// What one read of at most `room` bytes gives; nothing at the end.
  ///
  /// The memory is not cleared first: half the time of reading a large tree would go there.
  private static func chunk(
    _ descriptor: Int32, room: Int, name: String
  ) throws(Failure) -> [UInt8] {
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      while true {
        let result = Glibc.read(descriptor, buffer.baseAddress, room)
        if result < 0, errno == EINTR { continue }
        failure = result < 0 ? errno : 0
        count = max(result, 0)
        return
      }
    }
    guard failure == 0 else { throw Failure(.inputMissing, "\(name): \(reason(failure))") }
    return bytes
  }

  /// What messages call the file at `path`.
  static func name(of path: String) -> String { path == "-" ? "standard input" : path }

  private static func tooLarge(_ name: String, _ limit: Int) -> Failure {
    Failure(.badInput, "\(name): larger than \(limit >> 20) MiB")
  }

  /// The system's words for an error number, in the case that our messages have.
  static func reason(_ number: Int32) -> String {
    String(cString: strerror(number)).lowercased()
  }
}

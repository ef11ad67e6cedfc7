import Glibc

/// Reads whole files, with a limit: what is read may come from anybody.
enum InputFile {
  /// What is read at the most, in bytes, unless said otherwise.
  static let limit = 64 << 20

  /// The content of the file at `path`; `-` is standard input.
  ///
  /// - Throws: ``Failure`` with status 66 where there is no such file, and 65 where it is too large.
  static func read(_ path: String, limit: Int = limit) throws(Failure) -> [UInt8] {
    if path == "-" { return try read(descriptor: 0, name: "standard input", limit: limit) }
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
    // One byte more than expected, so that the end shows with the first read.
    var bytes: [UInt8] = []
    while true {
      let room = max(expected - bytes.count, 0) + 4096
      let start = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: room))
      let count = bytes[start...].withUnsafeMutableBytes {
        Glibc.read(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0 {
        bytes.removeLast(room)
        if errno == EINTR { continue }
        throw Failure(.inputMissing, "\(name): \(reason(errno))")
      }
      bytes.removeLast(room - count)
      if count == 0 { return bytes }
      guard bytes.count <= limit else { throw tooLarge(name, limit) }
    }
  }

  private static func tooLarge(_ name: String, _ limit: Int) -> Failure {
    Failure(.badInput, "\(name): larger than \(limit >> 20) MiB")
  }

  /// The system's words for an error number, in the case that our messages have.
  static func reason(_ number: Int32) -> String {
    String(cString: strerror(number)).lowercased()
  }
}

import Glibc

/// Files that are written together: all of them, or none.
///
/// Each goes to a temporary file beside its place first; only when all are complete are they
/// renamed. A full disk, a directory that can't be written and a signal leave what was there.
struct OutputFiles {
  private var files: [(path: String, bytes: [UInt8])] = []

  /// Adds a file.
  mutating func add(_ path: String, _ bytes: [UInt8]) { files.append((path, bytes)) }

  /// Writes all files.
  ///
  /// - Throws: ``Failure`` with status 73, naming the file and the reason.
  func write() throws(Failure) {
    var temporary: [(from: String, to: String)] = []
    var complete = false
    defer {
      if !complete { for file in temporary { unlink(file.from) } }
    }
    for file in files {
      let path = try prepare(file.path)
      temporary.append((path, file.path))
      try fill(path, file.bytes, for: file.path)
    }
    for file in temporary where rename(file.from, file.to) != 0 {
      throw Failure(.cannotWrite, "\(file.to): \(InputFile.reason(errno))")
    }
    complete = true
  }

  /// Makes an empty temporary file beside `path`.
  private func prepare(_ path: String) throws(Failure) -> String {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw Failure(.cannotWrite, "\(path): is a directory")
    }
    let temporary = "\(path).\(getpid()).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw Failure(.cannotWrite, "\(path): \(InputFile.reason(errno))")
    }
    close(descriptor)
    return temporary
  }

  private func fill(
    _ temporary: String, _ bytes: [UInt8], for path: String
  ) throws(Failure) {
    let descriptor = open(temporary, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw Failure(.cannotWrite, "\(path): \(InputFile.reason(errno))")
    }
    var offset = 0
    while offset < bytes.count {
      let count = bytes[offset...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0 {
        if errno == EINTR { continue }
        let number = errno
        close(descriptor)
        throw Failure(.cannotWrite, "\(path): \(InputFile.reason(number))")
      }
      offset += count
    }
    // A network file system says only now that there was no room.
    guard close(descriptor) == 0 else {
      throw Failure(.cannotWrite, "\(path): \(InputFile.reason(errno))")
    }
  }

  /// Makes `directory` and its parents.
  ///
  /// - Throws: ``Failure`` with status 73.
  static func makeDirectory(_ directory: String) throws(Failure) {
    var path = directory.hasPrefix("/") ? "/" : ""
    for part in directory.split(separator: "/") {
      path += path.isEmpty || path == "/" ? String(part) : "/\(part)"
      if mkdir(path, 0o777) != 0, errno != EEXIST {
        throw Failure(.cannotWrite, "\(path): \(InputFile.reason(errno))")
      }
    }
    var status = stat()
    guard stat(directory, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw Failure(.cannotWrite, "\(directory): is no directory")
    }
  }
}

extension OutputFiles {
  /// Makes sure that no output takes the place of an input.
  ///
  /// - Throws: ``Failure`` with status 73, naming the file.
  func refuseOverwriting(_ inputs: [String]) throws(Failure) {
    for input in inputs {
      var before = stat()
      guard stat(input, &before) == 0 else { continue }
      for file in files {
        var after = stat()
        if stat(file.path, &after) == 0, after.st_dev == before.st_dev,
          after.st_ino == before.st_ino
        {
          throw Failure(
            .cannotWrite, "\(file.path): would replace the description; choose another directory")
        }
      }
    }
  }
}

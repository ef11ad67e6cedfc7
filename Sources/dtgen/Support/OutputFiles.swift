import Glibc

/// Files that are written together: all of them, or none.
///
/// Each goes to a temporary file beside its place first; only when all are complete are they
/// renamed. A full disk, a directory that can't be written and a signal leave what was there.
///
/// A symbolic link stays one, and leads to the new file. What is no file (a pipe, a device) is
/// written to, last: there is nothing in it to keep, and it must not be replaced by a file.
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
    for file in files where !Self.isStream(file.path) {
      let place = Self.resolved(file.path)
      let path = try prepare(place)
      temporary.append((path, place))
      try fill(path, file.bytes, for: file.path)
    }
    for file in temporary where rename(file.from, file.to) != 0 {
      throw Failure(.cannotWrite, "\(file.to): \(InputFile.reason(errno))")
    }
    complete = true
    for file in files where Self.isStream(file.path) {
      try fill(file.path, file.bytes, for: file.path)
    }
  }

  /// Whether there is something at `path` that is neither a file nor a directory.
  private static func isStream(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    let kind = status.st_mode & S_IFMT
    return kind != S_IFREG && kind != S_IFDIR
  }

  /// Where a symbolic link at `path` leads; `path` itself for anything else.
  private static func resolved(_ path: String) -> String {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK,
      let target = realpath(path, nil)
    else { return path }
    defer { free(target) }
    return String(cString: target)
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
            .cannotWrite, "\(file.path): would replace an input; choose another place")
        }
      }
    }
  }
}

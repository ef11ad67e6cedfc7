import Glibc

/// Files that are written together: all of them, or none.
///
/// Each goes to a temporary file beside its place first; only when all are complete are they
/// renamed. A full disk, a directory that can't be written and a signal leave what was there.
///
/// A symbolic link stays one, and leads to the new file. What is no file (a pipe, a device) is
/// written to, last: there is nothing in it to keep, and it must not be replaced by a file.
struct OutputFiles {
  private(set) var files: [(path: String, bytes: [UInt8])] = []

  /// Adds a file.
  mutating func add(_ path: String, _ bytes: [UInt8]) { files.append((path, bytes)) }

  /// Writes all files.
  ///
  /// - Throws: ``Failure`` with status 73, naming the file and the reason.
  func write() throws(Failure) {
    var temporary: [(from: String, to: String)] = []
    var complete = false
    defer {
      if !complete { for file in temporary { _ = file.from.withSystemPath(unlink) } }
    }
    for file in files where !Self.isStream(file.path) {
      let place = Self.resolved(file.path)
      let path = "\(place).\(getpid()).tmp"
      try Self.explaining(file.path) { () throws(SystemError) in
        if (try? FileStatus(of: place))?.isDirectory == true { throw SystemError(code: EISDIR) }
        let output = try FileDescriptor.making(path)
        temporary.append((path, place))
        try output.write(file.bytes)
        try output.finish()
      }
    }
    for file in temporary {
      let renamed = file.from.withSystemPath { from in
        file.to.withSystemPath { rename(from, $0) }
      }
      try Self.explaining(file.to) { () throws(SystemError) in
        if renamed != 0 { throw SystemError() }
      }
    }
    complete = true
    for file in files where Self.isStream(file.path) {
      try Self.explaining(file.path) { () throws(SystemError) in
        let output = try FileDescriptor.writing(file.path)
        try output.write(file.bytes)
        try output.finish()
      }
    }
  }

  /// Does `body`, whose failure is one of `path`.
  private static func explaining(
    _ path: String, _ body: () throws(SystemError) -> Void
  ) throws(Failure) {
    do { try body() } catch {
      throw Failure(.cannotWrite, "\(path.reportedPath): \(error)")
    }
  }

  /// Whether there is something at `path` that is neither a file nor a directory.
  private static func isStream(_ path: String) -> Bool {
    guard let status = try? FileStatus(of: path) else { return false }
    return !status.isRegularFile && !status.isDirectory
  }

  /// Where a symbolic link at `path` leads; `path` itself for anything else.
  private static func resolved(_ path: String) -> String {
    guard let status = try? FileStatus(of: path, followingLinks: false), status.isLink else {
      return path
    }
    return Path.resolved(path) ?? path
  }

  /// Makes `directory` and its parents.
  ///
  /// - Throws: ``Failure`` with status 73.
  static func makeDirectory(_ directory: String) throws(Failure) {
    var path = directory.hasPrefix("/") ? "/" : ""
    for part in directory.split(separator: "/") {
      path += path.isEmpty || path == "/" ? String(part) : "/\(part)"
      try explaining(path) { () throws(SystemError) in
        if path.withSystemPath({ mkdir($0, 0o777) }) != 0, errno != EEXIST { throw SystemError() }
      }
    }
    guard (try? FileStatus(of: directory))?.isDirectory == true else {
      throw Failure(.cannotWrite, "\(directory.reportedPath): is no directory")
    }
  }
}

extension OutputFiles {
  /// Makes sure that no output takes the place of an input.
  ///
  /// - Throws: ``Failure`` with status 73, naming the file.
  func refuseOverwriting(_ inputs: [String]) throws(Failure) {
    if files.isEmpty { return }
    for input in inputs {
      guard let before = try? FileStatus(of: input) else { continue }
      for file in files {
        guard let after = try? FileStatus(of: file.path), after.isSameFile(as: before) else {
          continue
        }
        throw Failure(
          .cannotWrite,
          "\(file.path.reportedPath): would replace an input; choose another place")
      }
    }
  }
}

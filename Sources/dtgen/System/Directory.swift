internal import Glibc

/// Listing and making directories.
enum Directory {
  /// The names in a directory, without `.` and `..`, sorted by their bytes.
  static func names(in path: String) throws(SystemError) -> [String] {
    guard let directory = path.withSystemPath(opendir) else { throw SystemError() }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(pathBytes: bytes.prefix { $0 != 0 })
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Makes a directory, and those above it, for this user alone.
  static func make(_ path: String) throws(SystemError) {
    if path.withSystemPath({ mkdir($0, 0o700) }) == 0 { return }
    let failure = SystemError()
    switch failure.code {
    case EEXIST:
      return
    case ENOENT:
      guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { throw failure }
      try make(String(path[..<slash]))
      guard path.withSystemPath({ mkdir($0, 0o700) }) == 0 || errno == EEXIST else {
        throw SystemError()
      }
    default:
      throw failure
    }
  }
}

internal import Glibc

/// A directory for one run, removed with the last reference to it.
final class TemporaryDirectory {
  let path: String

  /// Makes it in `TMPDIR`, or in `/tmp`.
  ///
  /// - Throws: the errno of `mkdtemp`.
  init(_ environment: Environment) throws(SystemError) {
    let template = (environment["TMPDIR"] ?? "/tmp") + "/dtgen.XXXXXX"
    guard let name = strdup(template) else { throw SystemError() }
    defer { free(name) }
    guard mkdtemp(name) != nil else { throw SystemError() }
    path = String(cString: name)
  }

  deinit { Self.remove(path) }

  /// Removes a directory and what is in it; links are removed and not followed.
  private static func remove(_ root: String) {
    var pending = [root]
    var directories: [String] = []
    while let directory = pending.popLast() {
      directories.append(directory)
      for name in (try? Directory.names(in: directory)) ?? [] {
        let path = directory + "/" + name
        if unlink(path) != 0 { pending.append(path) }
      }
    }
    for directory in directories.reversed() { rmdir(directory) }
  }
}

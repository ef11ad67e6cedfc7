internal import Glibc

/// Questions about paths, which are strings here.
enum Path {
  /// The part after the last slash.
  static func name(of path: String) -> String {
    path.split(separator: "/", omittingEmptySubsequences: true).last.map(String.init) ?? path
  }

  /// The part before the last slash.
  static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The path without doubled slashes and without `.`, by its letters alone.
  static func simplified(_ path: String) -> String {
    let parts = path.split(separator: "/").filter { $0 != "." }
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }

  /// `path` as seen from `directory`, by the letters of both alone.
  static func relative(_ path: String, to directory: String) -> String {
    let target = parts(of: path)
    let base = parts(of: directory)
    let shared = zip(target, base).prefix { $0 == $1 }.count
    let up = repeatElement("..", count: base.count - shared)
    return (up + target[shared...]).joined(separator: "/")
  }

  /// The parts of the path from the root on, without `.` and `..`.
  private static func parts(of path: String) -> [String] {
    var parts: [String] = []
    let absolute = path.hasPrefix("/") ? path : workingDirectory + "/" + path
    for part in absolute.utf8.split(separator: UInt8(ascii: "/")).map(Substring.init)
    where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
    }
    return parts
  }

  private static let workingDirectory: String = {
    guard let path = getcwd(nil, 0) else { return "" }
    defer { free(path) }
    return text(of: path)
  }()

  /// The path with every symbolic link followed; nil where it leads nowhere.
  static func resolved(_ path: String) -> String? {
    guard let resolved = path.withSystemPath({ realpath($0, nil) }) else { return nil }
    defer { free(resolved) }
    return text(of: resolved)
  }

  private static func text(of path: UnsafePointer<CChar>) -> String {
    let bytes = UnsafeBufferPointer(start: path, count: strlen(path))
    return String(pathBytes: bytes.map(UInt8.init(bitPattern:)))
  }

  /// Whether there is something at the path.
  static func exists(_ path: String) -> Bool { path.withSystemPath { access($0, F_OK) } == 0 }

  /// Whether there is a symbolic link at the path, wherever it leads.
  static func isLink(_ path: String) -> Bool {
    (try? FileStatus(of: path, followingLinks: false))?.isLink == true
  }

  /// Whether there is a file that this process may run.
  static func isExecutable(_ path: String) -> Bool { path.withSystemPath { access($0, X_OK) } == 0 }

  /// The first file of this name on a search path such as `PATH`.
  static func executable(_ name: String, on searchPath: String) -> String? {
    for directory in searchPath.split(separator: ":") where directory.first == "/" {
      let path = "\(directory)/\(name)"
      if isExecutable(path) { return path }
    }
    return nil
  }
}

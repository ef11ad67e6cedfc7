/// What is in a directory and below.
///
/// Symbolic links to directories are not followed, since they may lead back.
struct DirectoryWalk {
  /// The paths that were wanted and lead to no directory, by their bytes.
  private(set) var paths: [String] = []
  /// The directories that can't be read, and why, in the same order.
  private(set) var failures: [(path: String, error: SystemError)] = []

  /// Looks through `root`, and through `levels` levels at the most, itself being the first.
  ///
  /// An empty `root` is the working directory, whose paths then have nothing in front of them.
  init(_ root: String, levels: Int = .max, wanted: (_ path: String, _ name: String) -> Bool) {
    // A list instead of recursion: directories may be nested as deep as their maker likes.
    var open = [(path: root, level: 1)]
    while let directory = open.popLast() {
      let path = directory.path
      do throws(SystemError) {
        for name in try Directory.names(in: path.isEmpty ? "." : path) {
          let inner = (path.isEmpty || path.hasSuffix("/") ? path : path + "/") + name
          let isWanted = wanted(inner, name)
          if isWanted, !Self.isDirectory(inner, followingLinks: true) {
            paths.append(inner)
          } else if directory.level < levels, Self.isDirectory(inner, followingLinks: false) {
            open.append((inner, directory.level + 1))
          }
        }
      } catch {
        failures.append((path.isEmpty ? "." : path, error))
      }
    }
    paths = Self.sorted(paths) { $0 }
    failures = Self.sorted(failures, by: \.path)
  }

  private static func sorted<Element>(
    _ elements: [Element], by path: (Element) -> String
  ) -> [Element] {
    elements.map { (key: path($0).pathBytes, element: $0) }
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.element)
  }

  private static func isDirectory(_ path: String, followingLinks: Bool) -> Bool {
    (try? FileStatus(of: path, followingLinks: followingLinks))?.isDirectory == true
  }
}

import Glibc

/// The files that a run judges: those that are named, and the trees in directories that are.
struct LintInputs {
  /// One input, or why there is none.
  enum Entry {
    case file(String)
    case failure(name: String, Failure)
  }

  /// In the order in which they were named; the files of a directory by the bytes of their paths.
  private(set) var entries: [Entry] = []

  /// Looks into directories; symbolic links to directories are not followed, since they may lead
  /// back.
  init(_ names: [String]) {
    for name in names {
      if name != "-", Self.isDirectory(name, followingLinks: true) {
        search(name)
      } else {
        entries.append(.file(name))
      }
    }
  }

  private mutating func search(_ root: String) {
    var found: [String] = []
    var failures: [Entry] = []
    // A list instead of recursion: directories may be nested as deep as their maker likes.
    var open = [root]
    while let directory = open.popLast() {
      let prefix = directory.hasSuffix("/") ? directory : directory + "/"
      do throws(SystemError) {
        for name in try Directory.names(in: directory) {
          let path = prefix + name
          if Self.isTree(name), !Self.isDirectory(path, followingLinks: true) {
            // A pipe among files would hold up the run, and all that is to be said of the others.
            guard Self.isFile(path) else {
              let failure = Failure(.inputMissing, "\(path): is no file")
              failures.append(.failure(name: path, failure))
              continue
            }
            found.append(path)
          } else if Self.isDirectory(path, followingLinks: false) {
            open.append(path)
          }
        }
      } catch {
        let reason = InputFile.reason(error.code)
        let failure = Failure(.inputMissing, "\(directory): \(reason)")
        failures.append(.failure(name: directory, failure))
      }
    }
    if found.isEmpty, failures.isEmpty {
      let failure = Failure(.inputMissing, "\(root): there is no .dtb or .dtbo in this directory")
      failures.append(.failure(name: root, failure))
    }
    entries += found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map(Entry.file)
    entries += failures
  }

  private static func isTree(_ name: String) -> Bool {
    name.hasSuffix(".dtb") || name.hasSuffix(".dtbo")
  }

  /// Whether `path` is a file, or leads to one, or to nothing, which reading it will tell.
  private static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
  }

  static func isDirectory(_ path: String, followingLinks: Bool) -> Bool {
    var status = stat()
    let result = followingLinks ? stat(path, &status) : lstat(path, &status)
    return result == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}

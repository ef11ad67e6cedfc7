import PlatformLint

/// The files that a run judges: those that are named, those that patterns stand for, and the trees in
/// directories that are named; each once, however often it is meant.
struct LintInputs {
  /// One input, or why there is none.
  enum Entry {
    case file(String)
    case failure(name: String, Failure)

    /// The input as it is meant.
    var path: String {
      switch self {
      case .file(let path), .failure(let path, _): path
      }
    }
  }

  /// In the order in which they were named; what a directory or a pattern stands for, by the bytes of
  /// the paths.
  private(set) var entries: [Entry] = []
  /// The paths that nobody named one by one: those that directories and patterns stand for.
  private(set) var found: Set<[UInt8]> = []
  /// The directories that were looked through, as they were named.
  private(set) var directories: [String] = []
  /// The patterns that were looked for.
  private(set) var patterns: [String] = []

  /// The directories and patterns in which there is nothing, as they were named.
  private(set) var empty: [String] = []

  /// The files that were meant more than once, as they were named again.
  private(set) var repeated: [String] = []
  /// Those of them that were named one by one, each time.
  private(set) var namedAgain: [String] = []
  /// Which of ``entries`` directories and patterns stand for.
  private var foundRanges: [Range<Int>] = []

  /// Whether the entry at `position` was named, and not found.
  func isNamed(at position: Int) -> Bool { !foundRanges.contains { $0.contains(position) } }

  private var identities = Identities()
  private var seen: Set<[UInt8]> = []
  private var named: Set<[UInt8]> = []
  private var searched: Set<[UInt8]> = []

  /// Looks into directories, and for what patterns stand for.
  init(_ names: [String]) {
    // One name can't mean a file twice.
    identities.areNeeded = names.count > 1
    for name in names {
      guard name != "-" else {
        addNamed("-")
        continue
      }
      // What there is is meant as it is spelled, whatever signs are in its name.
      let status = try? FileStatus(of: name)
      if status?.isDirectory == true {
        search(name)
      } else if status == nil, Glob.isPattern(name), !Path.isLink(name) {
        expand(name)
      } else {
        addNamed(name)
      }
    }
  }

  private mutating func addNamed(_ name: String) {
    guard identities.areNeeded else {
      entries.append(.file(name))
      return
    }
    let count = entries.count
    add(name)
    if entries.count == count, named.contains(identities.identity(of: name)) {
      namedAgain.append(name)
    }
    named.insert(identities.identity(of: name))
  }

  private mutating func search(_ root: String) {
    directories.append(root)
    guard searched.insert((Path.resolved(root) ?? root).pathBytes).inserted else { return }
    let firmware = RunningSystemTables.files(in: root)
    if !firmware.isEmpty {
      // They are those of one machine, as if they had been named together.
      for path in firmware { add(path) }
      return
    }
    let walk = DirectoryWalk(root) { _, name in RunScope.isTree(name) }
    add(walk)
    if walk.paths.isEmpty, walk.failures.isEmpty {
      empty.append(root)
      fail(root, "there is no .dtb, .dtbo or .aml in this directory")
    }
  }

  private mutating func expand(_ pattern: String) {
    patterns.append(pattern)
    let glob = Glob(pattern)
    let root = glob.directory
    let levels =
      pattern.contains("**")
      ? Int.max : pattern.split(separator: "/").count - root.split(separator: "/").count
    let walk = DirectoryWalk(root, levels: levels) { path, _ in glob.matches(path) }
    add(walk)
    if walk.paths.isEmpty, walk.failures.isEmpty {
      empty.append(pattern)
      fail(pattern, "no file matches this pattern")
    }
  }

  private mutating func add(_ walk: DirectoryWalk) {
    let start = entries.count
    defer { foundRanges.append(start..<entries.count) }
    for path in walk.paths {
      // A pipe among files would hold up the run, and all that is to be said of the others. What
      // leads nowhere, reading it will tell.
      if let status = try? FileStatus(of: path), !status.isRegularFile {
        fail(path, "is no file")
      } else {
        add(path)
        if Self.mayBeTables(path) { found.insert(path.pathBytes) }
      }
    }
    for failure in walk.failures { fail(failure.path, failure.error.description) }
  }

  /// Trees are judged one by one, whoever named them.
  private static func mayBeTables(_ path: String) -> Bool {
    !path.hasSuffix(".dtb") && !path.hasSuffix(".dtbo")
  }

  private mutating func add(_ path: String) {
    if seen.insert(identities.identity(of: path)).inserted {
      entries.append(.file(path))
    } else {
      repeated.append(path)
    }
  }

  private mutating func fail(_ path: String, _ reason: String) {
    guard seen.insert(identities.identity(of: path) + [0]).inserted else { return }
    let failure = Failure(.inputMissing, "\(path.reportedPath): \(reason)")
    entries.append(.failure(name: path, failure))
  }

  /// What tells files apart, however their paths are spelled.
  private struct Identities {
    var areNeeded = false
    private var resolved: [[UInt8]: [UInt8]] = [:]

    /// The directory with every link followed, and the name in it.
    ///
    /// Two names of one file are two inputs: a policy may speak of each.
    mutating func identity(of path: String) -> [UInt8] {
      guard areNeeded, path != "-" else { return path.pathBytes }
      let directory = Path.directory(of: path)
      let key = directory.pathBytes
      let known = resolved[key] ?? (Path.resolved(directory) ?? directory).pathBytes
      resolved[key] = known
      return known + [UInt8(ascii: "/")] + Path.name(of: path).pathBytes
    }
  }
}

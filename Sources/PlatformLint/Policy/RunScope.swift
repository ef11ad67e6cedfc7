/// What one run looked at, by the names that a policy and a baseline use: relative to the policy.
///
/// Of a file that was not looked at nothing is known, neither that a waiver for it is idle nor that
/// a finding in it is gone.
public struct RunScope: Sendable, Hashable {
  /// The files that were judged.
  public var judged: Set<String>
  /// The files that were meant and could not be judged.
  public var failed: Set<String>
  /// The directories that were looked through, with all below them; empty for that of the policy.
  public var directories: [String]
  /// The patterns whose files were looked for.
  public var patterns: [Glob]

  /// What a run looked at.
  public init(
    judged: Set<String> = [], failed: Set<String> = [], directories: [String] = [],
    patterns: [Glob] = []
  ) {
    self.judged = judged
    self.failed = failed
    self.directories = directories
    self.patterns = patterns
  }

  /// Whether the file of this name would have been judged if it were there.
  public func covers(file: String) -> Bool {
    if judged.contains(file) || failed.contains(file) { return true }
    if patterns.contains(where: { $0.matches(file) }) { return true }
    return Self.isTree(file) && directories.contains { Self.parts(file).lie(below: Self.parts($0)) }
  }

  /// Whether every file that `pattern` stands for would have been judged if it were there.
  ///
  /// A pattern without a slash stands for files anywhere below the policy.
  public func coversAll(of pattern: Glob) -> Bool {
    if patterns.contains(pattern) { return true }
    guard Self.isTree(pattern.description) || pattern.description.hasSuffix("*") else {
      return false
    }
    return directories.contains {
      Self.parts(pattern.directory).lie(below: Self.parts($0))
    }
  }

  /// Whether a directory that is looked through has a tree, or tables, in the file of this name.
  public static func isTree(_ name: String) -> Bool {
    let name = name.lowercased()
    return name.hasSuffix(".dtb") || name.hasSuffix(".dtbo") || name.hasSuffix(".aml")
  }

  private static func parts(_ path: String) -> [Substring] {
    path.split(separator: "/").filter { $0 != "." }
  }
}

extension [Substring] {
  /// Whether the path of these parts is that of `directory`, or below it; `..` is in front of both
  /// at the most.
  fileprivate func lie(below directory: [Substring]) -> Bool {
    let up = prefix { $0 == ".." }.count
    let directoryUp = directory.prefix { $0 == ".." }.count
    // Nothing but steps up leads to where all lies that takes fewer.
    if directoryUp == directory.count { return up <= directoryUp }
    return starts(with: directory)
  }
}

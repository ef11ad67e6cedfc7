import PlatformLint

/// Which tree and which set of tables are of one machine.
///
/// Tables that are named belong to the tree that is named beside them, if there is one alone. In a directory a set
/// belongs to the tree of its name, `guest.dtb` of `guest-ssdt.aml`; where there is one set and one tree, to that.
struct MachinesOfTables {
  /// For each set, the position of its tree among the files.
  private(set) var trees: [Int?]
  /// For each set without a tree that could be meant to have one: why it has none, as a remark.
  private(set) var reasons: [String?]

  /// - Parameters:
  ///   - sets: The files of each set.
  ///   - files: All files, of which those with trees have been judged.
  ///   - inputs: What was asked for.
  ///   - areOfOneMachine: Whether somebody said that all are of one machine, or that none are.
  init(
    sets: [[(position: Int, path: String)]], files: [LintedFile], in inputs: LintInputs,
    areOfOneMachine: Bool?
  ) {
    trees = sets.map { _ in nil }
    reasons = trees.map { _ in nil }
    guard areOfOneMachine != false else { return }
    let candidates = files.indices.filter { files[$0].isWholeTree }
    if areOfOneMachine == true {
      if candidates.count == 1 { trees = sets.map { _ in candidates[0] } }
      return
    }
    let named = candidates.filter { inputs.isNamed(at: $0) }
    var found: [[UInt8]: [Int]] = [:]
    for position in candidates where !inputs.isNamed(at: position) {
      found[Path.directory(of: files[position].path).pathBytes, default: []].append(position)
    }
    var setsOfDirectory: [[UInt8]: Int] = [:]
    for set in sets {
      guard let first = set.first, !inputs.isNamed(at: first.position) else { continue }
      setsOfDirectory[Path.directory(of: first.path).pathBytes, default: 0] += 1
    }
    for (number, set) in sets.enumerated() {
      guard let first = set.first else { continue }
      let others: [Int]
      if inputs.isNamed(at: first.position) {
        others = named
        if named.count == 1 { trees[number] = named[0] }
      } else {
        let directory = Path.directory(of: first.path).pathBytes
        others = found[directory] ?? []
        let machine = TableFileName.machine(of: first.path) + ".dtb"
        trees[number] =
          others.first { Self.name(of: files[$0].path) == Path.name(of: machine) }
          ?? (others.count == 1 && setsOfDirectory[directory] == 1 ? others[0] : nil)
      }
      if trees[number] == nil, !others.isEmpty {
        let what = others.count == 1 ? "the tree" : "any of \(others.count) trees"
        reasons[number] =
          "not compared with \(what) beside: nothing says whose tables these are"
      }
    }
  }

  private static func name(of path: String) -> String {
    let name = Path.name(of: path)
    return name.hasSuffix(".DTB") ? String(name.dropLast(4)) + ".dtb" : name
  }
}

extension LintedFile {
  /// Whether it is a tree, and no overlay, that could be judged.
  fileprivate var isWholeTree: Bool {
    guard !isOfTables, case .success(let judgement) = result else { return false }
    return judgement.choice != nil
  }
}

extension [LintedFile] {
  /// - Throws: ``Failure`` where there isn't one tree, with tables, that could be compared.
  func requireOneMachine() throws(Failure) {
    let trees = count { $0.isWholeTree }
    let hasTables = contains(where: \.isOfTables)
    // What couldn't be read is told anyway.
    guard firstFailure == nil, trees != 1 || !hasTables else { return }
    throw Failure(
      .usage,
      "--same-machine compares one tree with tables; there \(trees == 1 ? "is" : "are") \(trees) "
        + "\(trees == 1 ? "tree" : "trees") and \(hasTables ? "there are" : "no") tables")
  }

  /// - Throws: ``Failure`` with status 64 where there isn't one tree that can be held against what is expected.
  func requireOneTree() throws(Failure) {
    let trees = count { $0.isWholeTree }
    // What couldn't be read is told anyway.
    guard firstFailure == nil, trees != 1 else { return }
    throw Failure(
      .usage,
      "--expect is about one machine, and takes one tree to hold against it; there are \(trees) trees, tables and "
        + "overlays left out")
  }
}

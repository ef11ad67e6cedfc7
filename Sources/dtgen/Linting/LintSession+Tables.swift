import ACPI
import DeviceTree
import GuestView
import PlatformLint

extension LintSession {
  /// A file of tables that was read, and where its judgement belongs.
  typealias ReadTables = (position: Int, path: String, file: TableFile)

  /// Judges tables in the sets that belong together, and puts what comes of it where it belongs.
  func judge(
    _ tables: [ReadTables], of inputs: LintInputs, since start: Int, into files: inout [LintedFile]
  ) {
    let sets = Self.sets(of: tables, in: inputs)
    // What reading took is gone; a set that is read is at least begun.
    let spent = (Clock.milliseconds() - start) / 1000
    let left = limits.seconds == 0 ? 0 : max(1, limits.seconds - spent)
    let trees = architecture == nil ? Self.trees(in: inputs) : []
    let results = Parallel.map(sets.count, within: left) { index in
      judge(sets[index], trees: trees)
    }
    for (set, result) in zip(sets, results) {
      for (index, table) in set.enumerated() {
        switch result {
        case .done(let judged): files[table.position] = judged[index]
        case .unfinished, .unreached:
          files[table.position] = unjudged(.file(table.path), "was still being judged")
        }
      }
    }
  }

  private func judge(_ set: [ReadTables], trees: [String]) -> [LintedFile] {
    let tables = TableSet(
      set.map { TableSet.Member($0.file, name: $0.path.reportedPath) })
    let view = TablesView(
      tables, architecture: architecture.map(ArchitectureOfTables.init(askedFor:)),
      otherwise: { architectureOfTree(beside: set, trees) })
    let names = set.map { policyName(of: $0.path) }
    let judgements = judging.judge.judge(view, policyNames: names)
    let dmaDevices = explainsDMA ? view.dmaDevices : []
    return zip(set.indices, judgements).map { index, judgement in
      var judgement = judgement
      if drawsPlaces {
        judgement.findings = TableExcerpt(view, member: index).drawn(judgement.findings)
      }
      var file = LintedFile(path: set[index].path, result: .success(judgement))
      file.isOfTables = true
      if explainsDMA { file.table = TablesDMA(dmaDevices, in: tables, member: index) }
      file.remarks = remarks(of: view, set, index)
      return file
    }
  }

  /// Said of the first file of a set: what was judged with it, and for what processor.
  private func remarks(of view: TablesView, _ set: [ReadTables], _ index: Int) -> [String] {
    guard index == 0 else { return [] }
    var remarks: [String] = []
    if set.count > 1 { remarks.append("judged as one set with \(set.count - 1) more") }
    if view.architecture == nil {
      remarks.append("nothing says for what processor it is; --arch does")
    }
    return remarks
  }

  /// The processor of the one tree that is given with a set whose tables don't tell.
  private func architectureOfTree(
    beside set: [ReadTables], _ trees: [String]
  ) -> ArchitectureOfTables? {
    let directories = Set(set.map { Path.directory(of: $0.path).pathBytes })
    let beside = trees.filter { directories.contains(Path.directory(of: $0).pathBytes) }
    guard let path = beside.first, beside.count == 1,
      let tree = try? FlattenedTree(file: path, limits: limits.tree),
      let architecture = GuestView(tree: tree).architecture
    else { return nil }
    return ArchitectureOfTables(architecture, because: "\(path.reportedPath) is a tree for it")
  }

  /// The trees among the inputs, by their names.
  private static func trees(in inputs: LintInputs) -> [String] {
    inputs.entries.compactMap { entry in
      guard case .file(let path) = entry, path.hasSuffix(".dtb") else { return nil }
      return path
    }
  }

  /// Which files belong together: those that were named, and in each directory those that one name
  /// begins, `guest-dsdt.aml` and `guest-ssdt.aml`.
  private static func sets(of tables: [ReadTables], in inputs: LintInputs) -> [[ReadTables]] {
    var sets: [[ReadTables]] = []
    var numbers: [[UInt8]: Int] = [:]
    for table in tables {
      let key =
        inputs.found.contains(table.path.pathBytes)
        ? TableFileName.machine(of: table.path).pathBytes : []
      if let number = numbers[key] {
        sets[number].append(table)
      } else {
        numbers[key] = sets.count
        sets.append([table])
      }
    }
    return sets
  }

  /// The tables in `bytes`, the file at `path`.
  ///
  /// - Throws: ``Failure`` with the name of the file and the byte that is wrong.
  static func tables(
    _ bytes: [UInt8], path: String, _ limits: LintLimits
  ) throws(Failure) -> TableFile {
    do {
      return try TableFile(bytes, limits: ACPILimits(maximumSize: limits.tree.maximumSize))
    } catch {
      throw Failure(.badInput, "\(InputFile.name(of: path)): \(error)")
    }
  }
}

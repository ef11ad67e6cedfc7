import ACPI
import DeviceTree
import Diagnostics
import GuestView
import PlatformLint

extension LintSession {
  /// A file of tables that was read, and where its judgement belongs.
  typealias ReadTables = (position: Int, path: String, file: TableFile)

  /// Judges tables in the sets that belong together, each with the tree of its machine, and puts what comes of it
  /// where it belongs.
  func judge(
    _ tables: [ReadTables], of inputs: LintInputs, standardInput: FlattenedTree?,
    since start: Int, into files: inout [LintedFile]
  ) {
    let sets = areOfOneMachine == true ? [tables] : Self.sets(of: tables, in: inputs)
    // What reading took is gone; a set that is read is at least begun.
    let spent = (Clock.milliseconds() - start) / 1000
    let left = limits.seconds == 0 ? 0 : max(1, limits.seconds - spent)
    let machines = MachinesOfTables(
      sets: sets.map { $0.map { (position: $0.position, path: $0.path) } }, files: files,
      in: inputs, areOfOneMachine: areOfOneMachine)
    let trees = architecture == nil ? Self.trees(in: inputs) : []
    let judged = files
    let results = Parallel.map(sets.count, within: left) { index in
      let tree = machines.trees[index].flatMap { position in
        readTree(at: position, judged[position].path, standardInput)
      }
      return judge(sets[index], of: tree, trees: trees)
    }
    for (number, (set, result)) in zip(sets, results).enumerated() {
      for (index, table) in set.enumerated() {
        switch result {
        case .done(let judged):
          files[table.position] = judged.tables[index]
          if index == 0, !judged.tables[0].isCompared, let reason = machines.reasons[number] {
            files[table.position].remarks.append(reason)
          }
        case .unfinished, .unreached:
          files[table.position] = unjudged(.file(table.path), "was still being judged")
        }
      }
      if case .done(let judged) = result, let (position, file) = judged.tree {
        files[position] = file
      }
    }
  }

  /// The tree of a set: its position among the files, and what was read.
  typealias TreeOfSet = (position: Int, path: String, tree: FlattenedTree)

  private func readTree(
    at position: Int, _ path: String, _ standardInput: FlattenedTree?
  ) -> TreeOfSet? {
    let tree =
      path == "-" ? standardInput : try? FlattenedTree(file: path, limits: limits.tree)
    return tree.map { (position, path, $0) }
  }

  /// Judges one file of tables that is a set by itself, with the tree of its machine.
  func judge(
    _ tables: ReadTables, of tree: TreeOfSet?
  ) -> (tables: [LintedFile], tree: (position: Int, file: LintedFile)?) {
    judge([tables], of: tree, trees: [])
  }

  private func judge(
    _ set: [ReadTables], of tree: TreeOfSet?, trees: [String]
  ) -> (tables: [LintedFile], tree: (position: Int, file: LintedFile)?) {
    let tables = TableSet(
      set.map { TableSet.Member($0.file, name: $0.path.reportedPath) })
    let treeView = tree.map { GuestView(tree: $0.tree) }
    // What is known besides belongs to the tree where there is one, unless the guest may never see it.
    let view = TablesView(
      tables, features: tree == nil ? features : featuresUnderACPI,
      guest: tree == nil || firmware != nil ? guest : nil, kernelArguments: kernelArguments,
      limits: limits.tables,
      otherwise: {
        if let architecture { return ArchitectureOfTables(askedFor: architecture) }
        guard let tree, let own = treeView?.architecture else {
          return architectureOfTree(beside: set, trees)
        }
        return ArchitectureOfTables(own, because: "\(tree.path.reportedPath) is a tree for it")
      })
    if let (error, table) = view.limitPassed {
      return (set.map { Self.unjudged($0.path, of: tables, table, error) }, nil)
    }
    var compared: ParityView?
    if let treeView {
      let both = ParityView(
        tree: treeView, tables: view,
        preference: firmware.map { DescriptionPreference(treeView, behind: $0) })
      if both.isOfOneProcessor || areOfOneMachine == true { compared = both }
    }
    let parity = compared.map {
      judging.judge.compare($0, file: tree?.path.reportedPath)
    }
    let names = set.map { policyName(of: $0.path) }
    let judgements = judging.judge.judge(view, policyNames: names, parity: parity)
    let dmaDevices = explainsDMA ? view.dmaDevices : []
    let treeExcerpt = drawsPlaces && parity != nil ? tree.map { TreeExcerpt($0.tree) } : nil
    let files = zip(set.indices, judgements).map { index, judgement in
      var judgement = judgement
      if drawsPlaces {
        judgement.findings = TableExcerpt(view, member: index).drawn(judgement.findings)
        if let treeExcerpt, let tree {
          judgement.findings = judgement.findings.map {
            treeExcerpt.drawnBeside($0, file: tree.path.reportedPath)
          }
        }
      }
      var file = LintedFile(path: set[index].path, result: .success(judgement))
      file.isOfTables = true
      file.tables = set[index].file.tables.map(Report.Table.init)
      file.isCompared = parity != nil
      if explainsDMA { file.table = TablesDMA(dmaDevices, in: view, member: index) }
      file.remarks = remarks(of: view, set, index)
      if index == 0, let tree {
        file.remarks.append(Self.remark(on: compared, tree.path, view))
      }
      return file
    }
    guard let tree, let parity,
      let file = try? judge(tree.tree, path: tree.path, parity: parity)
    else { return (files, nil) }
    return (files, (tree.position, file))
  }

  /// A file of a set of which only a part was read.
  private static func unjudged(
    _ path: String, of set: TableSet, _ table: Int, _ error: ACPIError
  ) -> LintedFile {
    let name = InputFile.name(of: path)
    let owner = set.members[set.member(ofTable: table)].name ?? name
    // The path of what is nested too deep is as long.
    let isShort = (error.objectPath?.utf8.count ?? 0) <= 80
    let error = ACPIError(
      error.code, error.message, byteOffset: error.byteOffset,
      objectPath: isShort ? error.objectPath : nil)
    let place = owner == path.reportedPath ? "" : "\(owner), which is judged with it: "
    var file = LintedFile(
      path: path,
      result: .failure(
        Failure(
          .badInput,
          "\(name): could not be judged: \(place)\(error), which is a limit of dtgen and no fault of the table; --max-size, --max-depth and --max-nodes raise it"
        )))
    file.isOfTables = true
    return file
  }

  /// What a set was compared with, and which of both its guest goes by.
  private static func remark(
    on compared: ParityView?, _ path: String, _ view: TablesView
  ) -> String {
    let name = InputFile.name(of: path)
    guard let compared else {
      return "not compared with \(name), which is for another processor"
    }
    guard let preference = compared.preference else { return "compared with \(name)" }
    let choice = preference.choice == .tree ? "the tree" : "the tables"
    return
      "compared with \(name); a guest that is given both goes by \(choice): \(preference.because)"
  }

  /// Said of the first file of a set: what was judged with it, and for what processor.
  private func remarks(of view: TablesView, _ set: [ReadTables], _ index: Int) -> [String] {
    var remarks: [String] = []
    if set[index].file.awaitsLoader {
      remarks.append(
        "checksums are 0: a table loader fills them in, and the pointers between the tables")
    }
    guard index == 0 else { return remarks }
    if let architecture, let own = view.architecture, own.architecture != architecture {
      remarks.append(
        "--arch \(architecture.commandLineName) is not followed: these are for "
          + "\(own.architecture.commandLineName), because \(own.because)")
    }
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
      return try TableFile(bytes, limits: limits.tables)
    } catch {
      throw Failure(.badInput, "\(InputFile.name(of: path)): \(error)")
    }
  }
}

extension Report.Table {
  /// What the report says of a table.
  init(_ table: TableImage) {
    let extent: Extent =
      switch TableExtent(table) {
      case .contents: .contents
      case .parts: .parts
      case .header: .header
      }
    let words = table.header.signature.split(separator: " ")
    self.init(words.joined(separator: " "), judged: extent)
  }
}

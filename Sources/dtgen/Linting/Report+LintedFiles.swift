import Diagnostics
import PlatformLint

extension Report {
  /// All that a run has to say.
  ///
  /// `kernel` is the guest's kernel, where its rules were asked though no profile names it.
  /// The pages of the rules take longer to make than a tree to judge: few forms want them.
  init(
    _ files: [LintedFile], judge: Judge, isVerbose: Bool, withPages: Bool, ofMachines: Bool = false,
    kernel: Target? = nil, isExpected: Bool = false
  ) {
    // A rule that is off has not been asked, and must not be counted among those that found nothing.
    let kinds = Self.kinds(of: files)
    let asked = judge.rules.filter { rule in
      judge.severities[rule.id] != .off
        && (rule.needs.isOfParity
          ? kinds.compared
          : rule.needs.contains(.tables)
            ? kinds.tables
            : rule.needs.contains(.machines)
              ? ofMachines : kinds.trees && (isExpected || !rule.needs.isOfDrift))
    }
    self.init(tool: .dtgen, rules: asked.map { RuleDescription($0, withPage: withPages) })
    var remarks = Self.remarks(of: files, isVerbose: isVerbose)
    let firstTree = files.firstIndex { (try? $0.result.get())?.choice != nil }
    if let kernel, let firstTree {
      remarks[firstTree].append(
        "profile \(kernel), because the kernel's configuration is of that version")
    }
    for (file, remarks) in zip(files, remarks) {
      switch file.result {
      case .success(let judgement):
        self.files.append(
          Report.File(
            file.name, findings: judgement.findings, skipped: judgement.skipped,
            remarks: remarks, tables: file.tables))
      case .failure(let failure):
        // The report has a place of its own for the name.
        let prefix = InputFile.name(of: file.path) + ": "
        let message = failure.message
        unreadable.append(
          UnreadableInput(
            file.name,
            because: message.hasPrefix(prefix) ? String(message.dropFirst(prefix.count)) : message))
      }
    }
  }
}

extension Report {
  /// Whether there are trees among `files`, and tables, and whether any were compared; what couldn't be judged
  /// counts as its name says, and as a tree where that says nothing.
  private static func kinds(
    of files: [LintedFile]
  ) -> (trees: Bool, tables: Bool, compared: Bool) {
    func countsAsTables(_ file: LintedFile) -> Bool {
      if file.isOfTables { return true }
      if case .failure = file.result { return TableMagic.isName(file.path) }
      return false
    }
    let tables = files.contains(where: countsAsTables)
    return (
      !tables || !files.allSatisfy(countsAsTables), tables, files.contains(where: \.isCompared)
    )
  }

  /// What is to be said of each file: of all that were taken for a chip's tree only once, unless it
  /// was asked for.
  private static func remarks(of files: [LintedFile], isVerbose: Bool) -> [[String]] {
    let judgements = files.map { try? $0.result.get() }
    var first: Int?
    var count = 0
    for (index, judgement) in judgements.enumerated() where judgement?.choice?.isLenient == true {
      if first == nil { first = index }
      count += 1
    }
    return judgements.enumerated().map { index, judgement in
      guard let judgement else { return [] }
      var remarks = files[index].remarks + judgement.remarks
      guard let choice = judgement.choice else { return remarks }
      let text = "profile \(choice.profile.rawValue), because \(choice.because)"
      if isVerbose {
        remarks.append(text)
      } else if index == first {
        remarks.append(count == 1 ? text : "\(text); and \(count - 1) more (--verbose names them)")
      }
      return remarks
    }
  }
}

extension Report {
  /// Adds the waivers of a policy with what became of them.
  mutating func add(_ waivers: [PlatformLint.Waiver], _ statuses: [PlatformLint.Waiver.Status]) {
    for (waiver, status) in zip(waivers, statuses) {
      self.waivers.append(Waiver(waiver, status))
    }
  }
}

extension Report.Waiver {
  fileprivate init(_ waiver: PlatformLint.Waiver, _ status: PlatformLint.Waiver.Status) {
    var because: String?
    let own: Status
    switch status {
    case .used: own = .used
    case .unneeded: own = .unneeded
    case .withoutFile: own = .withoutFile
    case .notJudged(let reason):
      own = .notJudged
      because = reason
    }
    self.init(
      rule: waiver.rule, node: waiver.node.description, file: waiver.file?.description,
      status: own, because: because)
  }
}

extension ProfileChoice {
  /// Whether the tree's marks took weight from findings, which nobody asked for.
  fileprivate var isLenient: Bool { isSuggestion && !profile.leniencies.isEmpty }
}

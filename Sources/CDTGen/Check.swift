import ACPI
import DeviceTree
import Diagnostics
import GuestView
import PlatformLint

/// One check of a guest: what is known of it, and how it is to be judged.
struct Check {
  /// What findings call the tree.
  var name = "tree"
  /// The flattened tree; nil for none.
  var tree: [UInt8]?
  /// ACPI tables, one or more in each.
  var tables: [[UInt8]] = []
  /// What the devices offer; nil where nobody told.
  var features: DeviceFeatures?
  /// What the guest's kernel was built with; nil where nobody told.
  var guest: GuestConfiguration?
  /// For what processor tables are that don't say it.
  var architecture: Architecture?
  /// The ids of rules that may not be skipped.
  var required: Set<String> = []
  /// The rules and families that were required, by name.
  var requiredNames: [String] = []
  var judge = Judge()
  /// From which severity on findings fail the check; nil for none.
  var failOn: Severity? = .error

  /// Judges it.
  func run() -> Outcome {
    var kinds: (trees: Bool, tables: Bool, parity: Bool) = (tree != nil, !tables.isEmpty, false)
    var files: [Report.File] = []
    var unreadable: [Report.UnreadableInput] = []
    var flattened: FlattenedTree?
    if let tree {
      do throws(Refusal) {
        flattened = try Self.flattened(tree)
      } catch {
        unreadable.append(.init(name, because: error.message))
      }
    }
    let set = tableSet(&unreadable)
    // What can't be read whole is not judged in part.
    if unreadable.isEmpty {
      let view = flattened.map { GuestView(tree: $0, features: features, guest: guest) }
      let tablesView = set.map {
        TablesView(
          $0, features: view == nil ? features : nil, guest: view == nil ? guest : nil,
          otherwise: { processor(of: view) })
      }
      if let error = tablesView?.limitPassed?.error {
        unreadable.append(.init("tables", because: "\(error), which is a limit of dtgen"))
      } else {
        let parity = parity(view, tablesView)
        kinds.parity = parity != nil
        files = judged(view, flattened, tablesView, parity)
      }
    }
    let asked = judge.rules.filter { rule in
      let needs = rule.needs
      return needs.isOfParity
        ? kinds.parity
        : needs.contains(.tables) ? kinds.tables : kinds.trees && needs.isOfOneTree
    }
    let report = Report(
      tool: .dtgen, rules: asked.map { .init($0, withPage: false) }, files: files,
      unreadable: unreadable)
    return outcome(report)
  }

  private func outcome(_ report: Report) -> Outcome {
    if let first = report.unreadable.first {
      return Outcome(.badInput, report, message: "\(first.name): \(first.message)")
    }
    if let rule = report.skipped.first(where: { required.contains($0.rule) }) {
      return Outcome(
        .findings, report,
        message: "\(rule.rule) is required and was skipped: it needs "
          + rule.missing.joined(separator: ", "))
    }
    let asked = Set(report.rules.map(\.id))
    if let name = RuleCatalogue.unasked(requiredNames, asked: asked).first {
      return Outcome(
        .findings, report,
        message: "\(name) is required and was not asked: it is about another input")
    }
    let worst = report.files.flatMap(\.findings).filter { $0.allowedBecause == nil }
      .map(\.severity).max()
    guard let failOn, let worst, worst >= failOn else { return Outcome(.clean, report) }
    return Outcome(.findings, report)
  }

  private func judged(
    _ view: GuestView?, _ tree: FlattenedTree?, _ tables: TablesView?, _ parity: ParityFindings?
  ) -> [Report.File] {
    var files: [Report.File] = []
    if let tree {
      let judgement = judge.judge(
        tree, features: features, guest: guest, file: name, parity: parity)
      files.append(Report.File(name, judgement))
    }
    if let tables {
      let names = tables.set.members.map { $0.name ?? "tables" }
      for (name, judgement) in zip(
        names, judge.judge(tables, policyNames: names, parity: parity))
      { files.append(Report.File(name, judgement)) }
    }
    return files
  }

  private func parity(_ tree: GuestView?, _ tables: TablesView?) -> ParityFindings? {
    guard let tree, let tables else { return nil }
    return judge.compare(ParityView(tree: tree, tables: tables), file: name)
  }

  private func processor(of tree: GuestView?) -> ArchitectureOfTables? {
    if let architecture { return ArchitectureOfTables(askedFor: architecture) }
    return tree?.architecture.map { ArchitectureOfTables($0, because: "\(name) is a tree for it") }
  }

  private func tableSet(_ unreadable: inout [Report.UnreadableInput]) -> TableSet? {
    guard !tables.isEmpty else { return nil }
    var members: [TableSet.Member] = []
    for (index, bytes) in tables.enumerated() {
      let name = "tables \(index)"
      do throws(ACPIError) {
        members.append(TableSet.Member(try TableFile(bytes), name: name))
      } catch {
        unreadable.append(.init(name, because: "\(error)"))
      }
    }
    return TableSet(members)
  }

  private static func flattened(_ bytes: [UInt8]) throws(Refusal) -> FlattenedTree {
    let tree: FlattenedTree
    do throws(DeviceTreeError) {
      tree = try FlattenedTree(bytes, fileSize: bytes.count)
    } catch {
      throw Refusal(.badInput, "\(error)")
    }
    if let refusal = ListSize.refusal(of: tree) { throw Refusal(.badInput, refusal) }
    return tree
  }
}

extension Report.File {
  fileprivate init(_ name: String, _ judgement: Judgement) {
    self.init(
      name, findings: judgement.findings, skipped: judgement.skipped,
      remarks: judgement.remarks + judgement.targetRemarks)
  }
}

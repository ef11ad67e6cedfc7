import Diagnostics
import PlatformDescription
import PlatformLint
import PlatformLowering

/// Leads findings about tables back to the description that they come from.
struct TableFindingSources {
  private let lowered: LoweredTables
  private let machine: JudgedMachine?
  private let lines: SourceLines
  private let locations: [String: PlatformDescription.SourceLocation]

  /// Leads back to what became `lowered`; `machine` is the same machine with its tree, where it has one.
  init(_ lowered: LoweredTables, _ machine: JudgedMachine?, _ lines: SourceLines) {
    self.lowered = lowered
    self.machine = machine
    self.lines = lines
    locations = Dictionary(
      lowered.objects.compactMap { object in object.location.map { (object.path, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// The finding with the lines of the description and the author's allowance.
  func attach(to finding: Finding) -> Finding {
    if let machine, finding.place.file == machine.fileName {
      var attached = machine.sources.attach(to: finding, file: machine.fileName)
      attached.related = related(of: finding)
      return attached
    }
    var attached = finding
    attached.place = place(finding.place)
    attached.related = related(of: finding)
    if let node = finding.place.node {
      attached.allowedBecause =
        lowered.accepted.first { accepted in
          accepted.allowance.rule == finding.rule && Self.covers(accepted.path, node)
        }?.allowance.reason
      if attached.allowedBecause == nil, finding.rule == "parity/trigger-differs",
        lowered.objects.contains(where: { $0.path == node && $0.signalsLikeOthers })
      {
        attached.allowedBecause =
          "the VMM's own tables signal its slots so, and its own tree otherwise"
      }
    }
    return attached
  }

  private func related(of finding: Finding) -> [Finding.Related] {
    finding.related.map { .init($0.message, at: place($0.place)) }
  }

  private func place(_ place: Place) -> Place {
    if let machine, place.file == machine.fileName {
      return machine.sources.place(place, file: machine.fileName)
    }
    var place = place
    place.source = place.node.flatMap { locations[$0] }.map {
      Diagnostics.SourceLocation($0, in: lines)
    }
    return place
  }

  /// Findings about allowances that allow nothing in the tables, or between them and the tree.
  ///
  /// Those of rules about trees are left to the tree, where the machine has one.
  func unusedAllowances(_ findings: [Finding]) -> [Finding] {
    lowered.accepted.compactMap { accepted in
      let rule = RuleCatalogue.rule(accepted.allowance.rule)
      let isOfTables = rule?.needs.contains(.tables) ?? false
      if machine != nil, !isOfTables { return nil }
      let isUsed = findings.contains { finding in
        guard finding.rule == accepted.allowance.rule,
          finding.allowedBecause == accepted.allowance.reason
        else { return false }
        // In the tree, the author's word is found by the path of the node.
        if let machine, finding.place.file == machine.fileName { return true }
        return finding.place.node.map { Self.covers(accepted.path, $0) } ?? false
      }
      let place = Place(
        source: accepted.location.map { Diagnostics.SourceLocation($0, in: lines) },
        node: accepted.path)
      return Finding(of: accepted.allowance, at: place, isUsed: isUsed)
    }
  }

  /// Whether what is accepted at `path` is accepted of `node`: of the same, and of what is in it.
  private static func covers(_ path: String?, _ node: String) -> Bool {
    guard let path else { return false }
    return path == "\\" || node == path || node.hasPrefix(path + ".")
  }
}

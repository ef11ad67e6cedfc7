import Diagnostics
import PlatformDescription
import PlatformLint
import PlatformLowering

/// Leads findings about bytes back to the description that the bytes come from.
struct FindingSources {
  private let origins: Origins
  private let lines: SourceLines
  private let base: MachineBase?

  /// Leads back to `origins`, and what only a base has to the base.
  init(_ origins: Origins, _ lines: SourceLines, base: MachineBase? = nil) {
    self.origins = origins
    self.lines = lines
    self.base = base
  }

  /// The finding with the file, the lines of the description and the author's allowance.
  func attach(to finding: Finding, file: String) -> Finding {
    var finding = finding
    finding.place = place(finding.place, file: file)
    finding.related = finding.related.map {
      .init($0.message, at: place($0.place, file: file))
    }
    if let node = finding.place.node {
      let allowance = origins.allowances(for: node).first { $0.allowance.rule == finding.rule }
      finding.allowedBecause = allowance?.allowance.reason
    }
    return finding
  }

  /// The place with its file and the line of the description.
  func place(_ place: Place, file: String) -> Place {
    if let place = base?.place(of: place) { return place }
    var place = place
    place.file = place.file ?? file
    if let node = place.node {
      place.source = origins.location(
        of: node, property: place.property, element: place.element
      ).map { Diagnostics.SourceLocation($0, in: lines) }
    }
    return place
  }

  /// Findings about allowances that allow nothing: a misspelt one must not look like an accepted risk.
  ///
  /// Those of rules about several machines are held against what was found in these together
  /// (`ofMachines`), the others against what was found in one. Those of rules about tables are left to
  /// the tables, where the machine has any (`hasTables`).
  func unusedAllowances(
    _ findings: [Finding], ofMachines: Bool = false, hasTables: Bool = false
  ) -> [Finding] {
    origins.allowances.compactMap { path, allowance in
      let needs = RuleCatalogue.rule(allowance.rule)?.needs
      guard needs?.contains(.machines) ?? false == ofMachines else { return nil }
      if hasTables, needs?.contains(.tables) ?? false { return nil }
      let place = Place(
        source: origins.location(of: path).map { Diagnostics.SourceLocation($0, in: lines) },
        node: path)
      let used = findings.contains {
        $0.allowedBecause != nil && $0.rule == allowance.rule
          && ($0.place.node.map { node in Self.isInside(node, path) } ?? false)
      }
      return Finding(of: allowance, at: place, isUsed: used)
    }
  }

  private static func isInside(_ node: String, _ ancestor: String) -> Bool {
    ancestor == "/" || node == ancestor || node.hasPrefix(ancestor + "/")
  }
}

extension Diagnostics.SourceLocation {
  /// The place of `location` as a report shows it: where the call starts.
  init(_ location: PlatformDescription.SourceLocation, in lines: SourceLines) {
    let start = CallSite.start(of: location, in: lines)
    self.init(file: start.file, line: start.line, column: start.column)
  }
}

extension Finding {
  /// What there is to say of an allowance: that it has no reason, no rule, or no use; nil for nothing.
  init?(of allowance: PlatformDescription.Allowance, at place: Place, isUsed: Bool) {
    if allowance.reason.allSatisfy(\.isWhitespace) {
      self.init(
        rule: "description/allowance-without-reason", severity: .error,
        message: "'\(allowance.rule)' is allowed without a reason", place: place,
        help: "say why, for whoever reads the report")
      return
    }
    if isUsed { return nil }
    let isKnown = RuleCatalogue.rule(allowance.rule) != nil
    self.init(
      rule: isKnown ? "description/unused-allowance" : "description/unknown-rule",
      severity: isKnown ? .warning : .error,
      message: isKnown
        ? "nothing is found here that '\(allowance.rule)' would have to allow"
        : "there is no rule '\(allowance.rule)'",
      place: place,
      help: isKnown ? "leave the allowance out" : "correct the id, or leave the allowance out")
  }

  /// A mistake of the lowering as a finding: it has no bytes, only a line.
  init(_ mistake: Mistake, _ lines: SourceLines) {
    func place(_ location: PlatformDescription.SourceLocation?) -> Place {
      Place(source: location.map { Diagnostics.SourceLocation($0, in: lines) })
    }
    self.init(
      rule: mistake.id, severity: .error, message: mistake.message,
      place: place(mistake.location),
      help: mistake.help,
      related: mistake.related.map {
        .init($0.message, at: place($0.location))
      })
  }
}

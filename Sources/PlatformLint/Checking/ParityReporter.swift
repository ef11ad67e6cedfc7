import DeviceTree
public import Diagnostics
public import GuestView

/// A place in a tree or in tables, as a rule about both points at it.
public enum ParityPlace: Sendable {
  /// In the tree.
  case tree(Spot)
  /// In the tables.
  case tables(TablePlace)
}

/// The other side of a difference.
public struct ParityParty: Sendable {
  let part: String
  let place: ParityPlace

  /// A party: its part in a few words, and where it is.
  public init(_ part: String, at place: ParityPlace) {
    self.part = part
    self.place = place
  }
}

/// What a rule about a tree and tables reports to; all that holds for every finding of a rule is added from its
/// fields, and to what the guest does, which of both it goes by.
public struct ParityReporter {
  private let view: ParityView
  private let file: String?
  private let labels: NodeLabels
  private var rule: any ParityRule.Type
  private var nodes: [String: Int] = [:]
  private(set) var drafts = FindingDrafts()

  init(_ view: ParityView, file: String?, rule: any ParityRule.Type) {
    self.view = view
    self.file = file
    self.rule = rule
    labels = NodeLabels(view.tree.tree)
  }

  mutating func run(_ rule: any ParityRule.Type, at index: Int) {
    self.rule = rule
    drafts.begin(ruleAt: index)
    rule.check(view, &self)
    drafts.end(rule.id)
  }

  /// Reports a finding: a message in lower case without a full stop, and without the place in it.
  ///
  /// `severity` is for a finding that doesn't weigh what the rule usually does.
  public mutating func callAsFunction(
    _ message: @autoclosure () -> String, at place: ParityPlace,
    found: @autoclosure () -> String? = nil, expected: @autoclosure () -> String? = nil,
    related: @autoclosure () -> [ParityParty] = [], severity: Severity? = nil
  ) {
    guard drafts.admitsAnother() else { return }
    let resolved = resolved(place)
    let finding = Finding(
      rule: rule.id, severity: severity ?? rule.severity, message: message().withinReason,
      place: resolved, found: found()?.withinReason, expected: expected()?.withinReason,
      consequence: consequence, logLine: rule.logLine, help: rule.help,
      related: related().map { Finding.Related($0.part, at: self.resolved($0.place)) })
    let key = resolved.node ?? ""
    let number = nodes[key] ?? nodes.count
    nodes[key] = number
    drafts.append(finding, node: number)
  }

  private var consequence: String {
    guard let preference = view.preference else { return rule.consequence }
    let choice = preference.choice == .tree ? "the tree" : "the tables"
    return "\(rule.consequence); given both, it goes by \(choice): \(preference.because)"
  }

  private func resolved(_ place: ParityPlace) -> Place {
    switch place {
    case .tree(let spot): spot.place(in: file, labels)
    case .tables(let place): place.place(in: view.tables.set)
    }
  }
}

public import Diagnostics
public import GuestView

/// Somebody else who has a part in a finding about tables.
public struct TableParty: Sendable {
  let part: String
  let place: TablePlace

  /// A party: its part in a few words, and where it is.
  public init(_ part: String, at place: TablePlace) {
    self.part = part
    self.place = place
  }
}

/// What a rule about tables reports to; all that holds for every finding of a rule is added from its fields.
public struct TableReporter {
  private let view: TablesView
  private var rule: any TableRule.Type
  private var nodes: [String: Int] = [:]
  private(set) var drafts = FindingDrafts()
  /// What several rules need of one set, made for the first that asks.
  let shared: SharedTableWork

  init(_ view: TablesView, rule: any TableRule.Type) {
    self.view = view
    self.rule = rule
    shared = SharedTableWork(view)
  }

  mutating func run(_ rule: any TableRule.Type, at index: Int) {
    self.rule = rule
    drafts.begin(ruleAt: index)
    rule.check(view, &self)
    drafts.end(rule.id)
  }

  /// Reports a finding: a message in lower case without a full stop, and without the place in it.
  ///
  /// `severity` is for a finding that doesn't weigh what the rule usually does, `log` for one of which the
  /// kernel logs something else; nil there is silence. `consequence` is for one of which the guest does something else
  /// than the rule usually says.
  public mutating func callAsFunction(
    _ message: @autoclosure () -> String, at place: TablePlace,
    found: @autoclosure () -> String? = nil, expected: @autoclosure () -> String? = nil,
    related: @autoclosure () -> [TableParty] = [], severity: Severity? = nil,
    log: TableLogText = .ofRule, consequence: String? = nil
  ) {
    guard drafts.admitsAnother() else { return }
    let line: String? =
      switch log {
      case .ofRule: rule.logLine
      case .line(let line): line
      case .nothing: nil
      }
    let finding = Finding(
      rule: rule.id, severity: severity ?? rule.severity, message: message().withinReason,
      place: place.place(in: view.set), found: found()?.withinReason,
      expected: expected()?.withinReason,
      consequence: consequence ?? rule.consequence,
      logLine: line?.replacing("<node>", with: place.node), help: rule.help,
      related: related().map { Finding.Related($0.part, at: $0.place.place(in: view.set)) })
    let number = nodes[place.node] ?? nodes.count
    nodes[place.node] = number
    drafts.append(finding, node: number)
  }
}

extension TablePlace {
  /// The same, as a finding has it.
  func place(in set: TableSet) -> Place {
    Place(
      file: set.members.isEmpty ? nil : set.members[set.member(ofTable: table)].name,
      node: node, property: property, element: element, bytes: byteRange)
  }
}

/// What the kernel logs of a finding about tables.
public enum TableLogText: Sendable {
  /// The line of the rule.
  case ofRule
  /// Another line, in which `<node>` stands for the path of the finding.
  case line(String)
  /// Nothing.
  case nothing
}

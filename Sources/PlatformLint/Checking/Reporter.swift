import DeviceTree
public import Diagnostics
import GuestView

/// What a rule reports to.
///
/// A rule says what is wrong, where, and which values it saw; all that holds for every finding of the
/// rule is added from its fields.
public struct Reporter {
  /// A finding, and the node that decides what it silences; -1 for none.
  struct Draft {
    var finding: Finding
    var rule: Int
    var node: Int
  }

  private let view: GuestView
  private let file: String?
  private let labels: NodeLabels
  private var rule: any Rule.Type
  private var ruleIndex: Int
  private(set) var drafts: [Draft] = []

  init(_ view: GuestView, file: String?, rules: [any Rule.Type]) {
    self.view = view
    self.file = file
    labels = NodeLabels(view.tree)
    rule = rules[0]
    ruleIndex = 0
  }

  mutating func run(_ rule: any Rule.Type, at index: Int) {
    self.rule = rule
    ruleIndex = index
    rule.check(view, &self)
  }

  /// Reports a finding: a message in lower case without a full stop, and without the place in it.
  ///
  /// `severity` is for a finding that weighs less than the rule usually does.
  public mutating func callAsFunction(
    _ message: String, at spot: Spot, found: String? = nil, expected: String? = nil,
    related: [Party] = [], severity: Severity? = nil
  ) {
    let finding = Finding(
      rule: rule.id, severity: severity ?? rule.severity, message: message, place: place(spot),
      found: found, expected: expected, consequence: rule.consequence,
      logLine: rule.logLine.map { filled($0, spot) }, help: rule.help,
      related: related.map { Finding.Related($0.part, at: place($0.spot)) })
    drafts.append(Draft(finding: finding, rule: ruleIndex, node: spot.node?.index ?? -1))
  }

  private func place(_ spot: Spot) -> Place {
    let path = spot.node?.path
    return Place(
      file: file, node: path, label: path.flatMap(labels.label(of:)),
      property: spot.property?.name, cell: spot.cells?.lowerBound, element: spot.element,
      bytes: spot.bytes)
  }

  /// The log line with the names of this node in it.
  private func filled(_ line: String, _ spot: Spot) -> String {
    guard let node = spot.node else { return line }
    return line.replacing("<node>", with: node.name)
      .replacing("<device>", with: view.deviceName(of: node))
  }
}

import DeviceTree
public import Diagnostics
import GuestView

/// What a rule about several machines reports to; all that holds for every finding of a rule is added
/// from its fields.
public struct PairReporter {
  /// What tells one node of one machine from all others.
  private struct Key: Hashable {
    let machine: Int
    let node: Int
  }

  private let view: MachinesView
  private var rule: any PairRule.Type
  private var labels: [NodeLabels?]
  private var numbers: [Key: Int] = [:]
  private(set) var drafts = FindingDrafts()

  init(_ view: MachinesView, rule: any PairRule.Type) {
    self.view = view
    self.rule = rule
    labels = Array(repeating: nil, count: view.machines.count)
  }

  mutating func run(_ rule: any PairRule.Type, at index: Int) {
    self.rule = rule
    drafts.begin(ruleAt: index)
    rule.check(view, &self)
    drafts.end(rule.id)
  }

  /// Reports a finding: a message in lower case without a full stop, and without the place in it.
  ///
  /// `severity` is for a finding that doesn't weigh what the rule usually does. A finding is in the tree
  /// of a machine; of the host's map there are related places.
  public mutating func callAsFunction(
    _ message: @autoclosure () -> String, at spot: PairSpot,
    found: @autoclosure () -> String? = nil,
    expected: @autoclosure () -> String? = nil, related: @autoclosure () -> [PairParty] = [],
    severity: Severity? = nil
  ) {
    guard drafts.admitsAnother() else { return }
    let finding = Finding(
      rule: rule.id, severity: severity ?? rule.severity, message: message().withinReason,
      place: place(spot), found: found()?.withinReason, expected: expected()?.withinReason,
      consequence: rule.consequence, logLine: rule.logLine, help: rule.help,
      related: related().map { Finding.Related($0.part, at: place($0.spot)) })
    drafts.append(finding, node: number(of: spot))
  }

  private mutating func number(of spot: PairSpot) -> Int {
    guard case .tree(let machine, let spot) = spot, let node = spot.node else { return -1 }
    let key = Key(machine: machine, node: node.index)
    let number = numbers[key] ?? numbers.count
    numbers[key] = number
    return number
  }

  private mutating func place(_ spot: PairSpot) -> Place {
    switch spot {
    case .host(let location):
      let file = view.hostMap?.file
      return Place(
        file: file,
        source: location.map {
          SourceLocation(file: file ?? "", line: $0.line, column: $0.column)
        })
    case .tree(let machine, let spot):
      let known = labels[machine] ?? NodeLabels(view.machines[machine].view.tree)
      labels[machine] = known
      let path = spot.node?.path
      return Place(
        file: view.machines[machine].name, node: path, label: path.flatMap(known.label(of:)),
        property: spot.property?.name, cell: spot.cells?.lowerBound, element: spot.element,
        bytes: spot.bytes)
    }
  }
}

import DeviceTree
public import Diagnostics
import GuestView

/// What a rule reports to.
///
/// A rule says what is wrong, where, and which values it saw; all that holds for every finding of the
/// rule is added from its fields.
public struct Reporter {
  /// What other rules may have made of the tree already.
  let shared: SharedWork
  private let view: GuestView
  private let file: String?
  private var labels: NodeLabels?
  private var rule: any Rule.Type
  private(set) var drafts = FindingDrafts()

  init(_ view: GuestView, file: String?, rules: [any Rule.Type]) {
    self.view = view
    shared = SharedWork(view)
    self.file = file
    rule = rules[0]
  }

  mutating func run(_ rule: any Rule.Type, at index: Int) {
    self.rule = rule
    drafts.begin(ruleAt: index)
    rule.check(view, &self)
    drafts.end(rule.id)
  }

  /// Reports a finding: a message in lower case without a full stop, and without the place in it.
  ///
  /// `severity` is for a finding that weighs less than the rule usually does, `log` for one of which the
  /// kernel logs something else.
  public mutating func callAsFunction(
    _ message: @autoclosure () -> String, at spot: Spot, found: @autoclosure () -> String? = nil,
    expected: @autoclosure () -> String? = nil, related: @autoclosure () -> [Party] = [],
    severity: Severity? = nil, log: LogText = .ofRule
  ) {
    guard drafts.admitsAnother() else { return }
    let labels = self.labels ?? NodeLabels(view.tree)
    self.labels = labels
    let finding = Finding(
      rule: rule.id, severity: severity ?? rule.severity, message: message().withinReason,
      place: spot.place(in: file, labels), found: found()?.withinReason,
      expected: expected()?.withinReason,
      consequence: rule.consequence, logLine: logLine(log, spot),
      help: rule.help,
      related: related().map { Finding.Related($0.part, at: $0.spot.place(in: file, labels)) })
    drafts.append(finding, node: spot.node?.index ?? -1)
  }

  private func logLine(_ log: LogText, _ spot: Spot) -> String? {
    switch log {
    case .ofRule: rule.logLine.map { filled($0, spot) }
    case .about(let node): rule.logLine.map { filled($0, .node(node)) }
    case .line(let line): filled(line, spot)
    case .nothing: nil
    }
  }

  /// The log line with the names of this node in it.
  private func filled(_ line: String, _ spot: Spot) -> String {
    guard let node = spot.node else { return line }
    var name = view.deviceName(of: node)
    if let function = spot.function, let host = view.pciHosts.first(where: { $0.node == node }) {
      name = view.deviceName(ofFunction: function, of: host)
    }
    let isFunction =
      spot.function != nil || view.isPCI(node) && !view.pciHosts.contains { $0.node == node }
    var text = ""
    var rest =
      (isFunction
      ? line.replacing("virtio-mmio <device>", with: "virtio-pci <device>") : line)[...]
    while let start = rest.utf8.firstIndex(of: UInt8(ascii: "<")) {
      text += rest[..<start]
      rest = rest[start...]
      if rest.hasPrefix("<node>") {
        text += node.name
        rest = rest.dropFirst("<node>".utf8.count)
      } else if rest.hasPrefix("<device>") {
        text += name
        rest = rest.dropFirst("<device>".utf8.count)
      } else {
        text += "<"
        rest = rest.dropFirst()
      }
    }
    return text + rest
  }
}

extension String {
  /// The text, cut off where a tree made it so long that nobody would read on.
  var withinReason: String {
    let limit = 2_000
    guard utf8.count > limit else { return self }
    let start = String(decoding: utf8.prefix(limit / 2), as: UTF8.self)
    return "\(start)… (of \(utf8.count) bytes)"
  }
}

/// A report for what reads JUnit's XML.
///
/// A file is a suite and a rule is a case, so that a case keeps its name from run to run whether or
/// not something is found. A case fails where a finding reaches the threshold; findings below it and
/// allowed ones are its output. A rule that lacked an input is skipped; a file that can't be judged
/// is an error.
///
/// There is no time in it, because the same input gives the same bytes.
///
/// **Source:** `junit-10.xsd` of Jenkins's xunit plugin, which is what Apache Ant's task writes.
public struct JUnitReport: Sendable {
  private let failOn: Severity?

  /// A report in which findings from `failOn` on are failures; nil for none.
  public init(failOn: Severity? = .error) { self.failOn = failOn }

  /// The report in UTF-8, ending in a line break.
  public func bytes(_ report: Report) -> [UInt8] {
    let suites =
      report.files.map { suite($0, report.rules) } + report.unreadable.map(Self.suite)
    var count = Count()
    for suite in suites { count.add(suite.count) }
    var lines = [
      #"<?xml version="1.0" encoding="UTF-8"?>"#,
      // The root has no word for what was skipped.
      "<testsuites name=\(report.tool.name.xmlAttribute) \(count.rootAttributes)>",
    ]
    for suite in suites { lines += suite.lines.map { "  " + $0 } }
    lines.append("</testsuites>")
    return Array(lines.map { $0 + "\n" }.joined().utf8)
  }

  private struct Count {
    var tests = 0
    var failures = 0
    var errors = 0
    var skipped = 0

    mutating func add(_ other: Count) {
      tests += other.tests
      failures += other.failures
      errors += other.errors
      skipped += other.skipped
    }

    var rootAttributes: String {
      #"tests="\#(tests)" failures="\#(failures)" errors="\#(errors)""#
    }

    var attributes: String { #"\#(rootAttributes) skipped="\#(skipped)""# }
  }

  private func suite(
    _ file: Report.File, _ rules: [Report.RuleDescription]
  ) -> (lines: [String], count: Count) {
    var findings: [String: [Finding]] = [:]
    for finding in file.findings { findings[finding.rule, default: []].append(finding) }
    var missing: [String: [String]] = [:]
    for skipped in file.skipped { missing[skipped.rule] = skipped.missing }
    let described = Set(rules.map(\.id))
    let others = Set(file.findings.map(\.rule) + file.skipped.map(\.rule)).subtracting(described)
    var count = Count()
    var lines: [String] = []
    for rule in rules.map(\.id) + others.sorted() {
      count.tests += 1
      let open = "<testcase classname=\(file.name.xmlAttribute) name=\(rule.xmlAttribute)"
      if let inputs = missing[rule] {
        count.skipped += 1
        let why = "needs \(inputs.joined(separator: ", "))"
        lines += ["\(open)>", "  <skipped message=\(why.xmlAttribute)/>", "</testcase>"]
      } else if let findings = findings[rule] {
        let (grave, other) = split(findings)
        if !grave.isEmpty { count.failures += 1 }
        lines.append("\(open)>")
        lines += element(
          "failure", grave, attributes: grave.first.map { " message=\($0.message.xmlAttribute)" })
        lines += element("system-out", other)
        lines.append("</testcase>")
      } else {
        lines.append("\(open)/>")
      }
    }
    return (Self.suite(file.name, lines, count), count)
  }

  /// What fails the case, and what is only said.
  private func split(_ findings: [Finding]) -> (grave: [Finding], other: [Finding]) {
    var grave: [Finding] = []
    var other: [Finding] = []
    for finding in findings {
      if let failOn, finding.severity >= failOn, finding.allowedBecause == nil {
        grave.append(finding)
      } else {
        other.append(finding)
      }
    }
    return (grave, other)
  }

  private func element(
    _ name: String, _ findings: [Finding], attributes: String? = nil
  ) -> [String] {
    guard !findings.isEmpty else { return [] }
    let text = TextReport(style: TextStyle(styled: false))
    let body = findings.map { text.text(for: $0) }.joined(separator: "\n")
    let type = attributes == nil ? "" : " type=\"\(findings[0].severity.rawValue)\""
    return ["  <\(name)\(attributes ?? "")\(type)>\(body.xmlText)</\(name)>"]
  }

  private static func suite(
    _ input: Report.UnreadableInput
  ) -> (lines: [String], count: Count) {
    let count = Count(tests: 1, errors: 1)
    let lines = [
      "<testcase classname=\(input.name.xmlAttribute) name=\"can be judged\">",
      "  <error message=\(input.message.xmlAttribute)/>", "</testcase>",
    ]
    return (suite(input.name, lines, count), count)
  }

  private static func suite(_ name: String, _ cases: [String], _ count: Count) -> [String] {
    ["<testsuite name=\(name.xmlAttribute) \(count.attributes)>"] + cases.map { "  " + $0 }
      + ["</testsuite>"]
  }
}

/// A report as commands of GitHub Actions, which become annotations of a change.
///
/// The gravest come first, whatever file they are in, because a step shows no more than ten of each
/// severity. What the author allowed is left out.
///
/// **Source:** GitHub Docs, "Workflow commands for GitHub Actions"; actions/toolkit,
/// `packages/core/src/command.ts`, for the escapes.
public struct GitHubReport: Sendable {
  /// A report.
  public init() {}

  /// The report in UTF-8: a line for each annotation.
  public func bytes(_ report: Report) -> [UInt8] {
    var lines = report.unreadable.map {
      line("error", file: $0.name, nil, title: "can't be judged", $0.message.line)
    }
    let findings = report.gravestFirst.filter { $0.finding.allowedBecause == nil }
    lines += findings.map(annotation)
    if !report.skipped.isEmpty {
      let names = report.skipped.map {
        "\($0.rule) (needs \($0.missing.joined(separator: ", ")))".line
      }
      lines.append(
        line(
          "notice", file: nil, nil, title: "rules that did not run", names.joined(separator: "\n")))
    }
    return Array(lines.joined().utf8)
  }

  private func annotation(_ entry: (file: String, finding: Finding)) -> String {
    let finding = entry.finding
    var parts: [String] = []
    if let node = finding.place.node { parts.append(node) }
    if let element = finding.place.element ?? finding.place.property { parts.append(element) }
    var text = [(parts + [finding.message]).joined(separator: ": ").line]
    if let found = finding.found { text.append("found: \(found)".line) }
    if let expected = finding.expected { text.append("expected: \(expected)".line) }
    for party in finding.related.prefix(TextReport.shownParties) {
      // A party in another file is told with its name, and the file of the finding is the annotation's.
      let own = finding.place.file ?? entry.file
      let other = party.place.file == own ? nil : party.place.file
      let place = [other, party.place.node, party.place.element ?? party.place.property]
      text.append("with: \(place.compactMap(\.self).joined(separator: ": ")) \(party.message)".line)
    }
    if let consequence = finding.consequence { text.append("guest: \(consequence)".line) }
    if let help = finding.help { text.append("fix: \(help)".line) }
    return line(
      finding.severity == .note ? "notice" : finding.severity.rawValue,
      file: finding.place.source?.file ?? finding.place.file ?? entry.file, finding.place.source,
      title: finding.rule, text.joined(separator: "\n"))
  }

  private func line(
    _ command: String, file: String?, _ source: SourceLocation?, title: String, _ message: String
  ) -> String {
    var properties: [String] = []
    if let file, file != "-" { properties.append("file=\(Self.property(file))") }
    if let source { properties += ["line=\(source.line)", "col=\(source.column)"] }
    properties.append("title=\(Self.property(title))")
    return "::\(command) \(properties.joined(separator: ","))::\(Self.data(message))\n"
  }

  private static func data(_ text: String) -> String {
    text.respelled(["%": "%25", "\r": "%0D", "\n": "%0A"])
  }

  private static func property(_ text: String) -> String {
    data(text.line).respelled([":": "%3A", ",": "%2C"])
  }
}

extension Report {
  /// All findings with the names of their files, the gravest first, and of one severity in the order
  /// of the report.
  var gravestFirst: [(file: String, finding: Finding)] {
    var gravest: [(file: String, finding: Finding)] = []
    for severity in Severity.allCases.reversed() {
      for file in files {
        for finding in file.findings where finding.severity == severity {
          gravest.append((file.name, finding))
        }
      }
    }
    return gravest
  }
}

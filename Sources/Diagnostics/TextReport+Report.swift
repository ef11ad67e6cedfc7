extension TextReport {
  /// A whole report: the gravest findings first, whatever file they are in, and a line that sums up.
  ///
  /// What a rule has to say to every finding is said with its first. Inputs that could not be judged
  /// are part of the sum; what is wrong with each is for standard error.
  ///
  /// - Parameters:
  ///   - report: What there is to say.
  ///   - quiet: Leaves everything out but the findings.
  /// - Returns: The text, ending in a line break; empty where there is nothing to say.
  public func text(for report: Report, quiet: Bool = false) -> String {
    var explained: Set<String> = []
    var text = ""
    for (file, finding) in report.gravestFirst {
      var finding = finding
      finding.place.file = finding.place.file ?? (file == "-" ? "standard input" : file)
      if !text.isEmpty { text += "\n" }
      text += self.text(for: finding, explained: explained.insert(finding.rule).inserted)
    }
    if quiet || report.files.isEmpty && report.unreadable.isEmpty { return text }
    if !text.isEmpty { text += "\n" }
    for line in remarks(report) { text += style.dim(line) + "\n" }
    return text + summary(of: report) + "\n"
  }

  /// Why an input could not be judged, without a line break.
  public func text(for input: Report.UnreadableInput) -> String {
    let name = input.name == "-" ? "standard input" : input.name
    return "\(name): \(input.message)".line
  }

  /// So many names of rules fit into a line that sums up; the other forms have them all.
  private static let shownNames = 6

  /// The rules that ran on no file: of an overlay few rules have something to say.
  private func skippedEverywhere(_ report: Report) -> Set<String> {
    guard let first = report.files.first else { return [] }
    return report.files.dropFirst().reduce(into: Set(first.skipped.map(\.rule))) {
      $0.formIntersection($1.skipped.map(\.rule))
    }
  }

  /// `2 files, 67 rules: 1 error, 2 warnings; 3 rules did not run: they need features`.
  func summary(of report: Report) -> String {
    let tally = report.tally
    let found = tally.description
    let skipped = report.skipped
    let ran = report.rules.count - skippedEverywhere(report).count
    var text = "\(Self.count(report.files.count, "file")), \(Self.count(max(0, ran), "rule")): "
    if tally.errors > 0 {
      text += style.colour(found, for: .error)
    } else if tally.warnings > 0 {
      text += style.colour(found, for: .warning)
    } else {
      text += style.good(found)
    }
    if !report.unreadable.isEmpty {
      let count = Self.count(report.unreadable.count, "input")
      text += style.colour("; \(count) could not be judged", for: .error)
    }
    if !skipped.isEmpty {
      var names = Self.distinct(skipped.map(\.rule))
      if names.count > Self.shownNames {
        let more = names.count - Self.shownNames
        names = names.prefix(Self.shownNames) + ["and \(more) more"]
      }
      text += style.dim("; skipped: \(names.joined(separator: ", ").line), for want of ")
      text += style.dim(Self.distinct(skipped.flatMap(\.missing)).joined(separator: ", ").line)
    }
    return text
  }

  /// How the files were judged, and where to read on.
  private func remarks(_ report: Report) -> [String] {
    var lines = report.files.flatMap { file in
      file.remarks.map { "\(file.name): \($0)".line }
    }
    let first = report.gravestFirst.first { entry in
      entry.finding.allowedBecause == nil && report.rules.contains { $0.id == entry.finding.rule }
    }
    if let rule = first?.finding.rule {
      lines.append("more about a rule: \(report.tool.name) explain \(rule)".line)
    }
    return lines
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  private static func distinct(_ names: [String]) -> [String] { Set(names).sorted() }
}

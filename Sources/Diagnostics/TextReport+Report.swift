extension TextReport {
  /// How much of a report is shown.
  public struct Extent: Sendable, Hashable {
    /// Leaves everything out but the findings.
    public var isQuiet: Bool
    /// Says how each file was judged, and names the rules and waivers that are else only counted.
    public var isVerbose: Bool
    /// Has every finding, however many there are of one rule, and those that a baseline knows.
    public var showsAll: Bool

    /// So much of a report.
    public init(isQuiet: Bool = false, isVerbose: Bool = false, showsAll: Bool = false) {
      self.isQuiet = isQuiet
      self.isVerbose = isVerbose
      self.showsAll = showsAll
    }
  }

  /// A whole report: the gravest findings first, whatever file they are in, those of one rule
  /// together; then those that are meant, and a line that sums up.
  ///
  /// What a rule has to say to every finding is said with its first, and of many findings of a rule a
  /// few are shown. Inputs that could not be judged are part of the sum; what is wrong with each is
  /// for standard error.
  ///
  /// - Parameters:
  ///   - report: What there is to say.
  ///   - extent: How much of it.
  /// - Returns: The text, ending in a line break; empty where there is nothing to say.
  public func text(for report: Report, _ extent: Extent = Extent()) -> String {
    let findings = text(of: report, all: extent.showsAll)
    if extent.isQuiet || report.files.isEmpty && report.unreadable.isEmpty { return findings }
    var end = allowed(in: report, all: extent.showsAll)
    for line in shares(of: report) { end += line + "\n" }
    for line in remarks(report, isVerbose: extent.isVerbose) { end += style.dim(line) + "\n" }
    end += summary(of: report) + "\n"
    return findings.isEmpty ? end : findings + "\n" + end
  }

  /// Why an input could not be judged, without a line break.
  public func text(for input: Report.UnreadableInput) -> String {
    let name = input.name == "-" ? "standard input" : input.name
    return "\(name): \(input.message)".line
  }

  /// The rules that ran on no file: of an overlay few rules have something to say.
  private func skippedEverywhere(_ report: Report) -> Set<String> {
    guard let first = report.files.first else { return [] }
    return report.files.dropFirst().reduce(into: Set(first.skipped.map(\.rule))) {
      $0.formIntersection($1.skipped.map(\.rule))
    }
  }

  /// `2 files, 67 rules: 1 error, 2 warnings; 3 rules skipped for want of features`.
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
      let count = Self.count(Set(skipped.map(\.rule)).count, "rule")
      let missing = Self.distinct(skipped.flatMap(\.missing)).joined(separator: ", ").line
      text += style.dim("; \(count) skipped for want of \(missing)")
    }
    let partly = report.files.reduce(0) { $0 + $1.tables.count { $0.judged != .contents } }
    if partly > 0 { text += style.dim("; \(Self.count(partly, "table")) judged in part") }
    let waivers = report.waiversNotJudged.count
    if waivers > 0 { text += style.dim("; \(Self.count(waivers, "waiver")) not judged") }
    return text
  }

  /// How the files were judged, and where to read on.
  private func remarks(_ report: Report, isVerbose: Bool) -> [String] {
    var lines = report.files.flatMap { file in
      file.remarks.map { "\(file.name == "-" ? "standard input" : file.name): \($0)".line }
    }
    for (extent, words) in [
      (
        Report.Table.Extent.parts, "of these tables the parts were looked at, and not what they say"
      ),
      (.header, "of these tables only header and checksum were looked at"),
    ] {
      let names = report.files.flatMap { $0.tables.filter { $0.judged == extent }.map(\.signature) }
      if !names.isEmpty { lines.append("\(words): \(Self.list(Self.distinct(names)))".line) }
    }
    if isVerbose {
      for skipped in report.skipped {
        lines.append("skipped: \(skipped.rule), which needs \(Self.list(skipped.missing))".line)
      }
      for waiver in report.waiversNotJudged {
        let reason = waiver.because.map { ": \($0)" } ?? ""
        lines.append("not judged: the waiver of \(waiver.description)\(reason)".line)
      }
    }
    let first = report.gravestFirst.first { entry in
      entry.finding.allowedBecause == nil && report.rules.contains { $0.id == entry.finding.rule }
    }
    if let rule = first?.finding.rule {
      lines.append("more about a rule: \(report.tool.name) explain \(rule)".line)
    }
    return lines
  }

  private static func list(_ names: [String]) -> String { names.joined(separator: ", ") }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  private static func distinct(_ names: [String]) -> [String] { Set(names).sorted() }
}

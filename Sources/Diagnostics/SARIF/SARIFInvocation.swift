/// How the run went: what could not be judged is said, and never taken for clean.
struct SARIFInvocation {
  private let report: Report
  private let rules: SARIFRules

  init(_ report: Report, _ rules: SARIFRules) {
    self.report = report
    self.rules = rules
  }

  var json: JSONValue {
    .object(
      .init("executionSuccessful", .boolean(report.unreadable.isEmpty)),
      .init("toolExecutionNotifications", .array(unreadable + skipped + remarks)),
      .init("toolConfigurationNotifications", .array(waivers)))
  }

  /// The waivers that are of no use, and those of which the run can't tell.
  private var waivers: [JSONValue] {
    report.waivers.compactMap { waiver in
      let words: (level: String, text: String)? =
        switch waiver.status {
        case .used: nil
        case .unneeded: ("error", "nothing needs the waiver of \(waiver.description)")
        case .withoutFile: ("error", "there is no file for the waiver of \(waiver.description)")
        case .notJudged:
          (
            "note",
            "the waiver of \(waiver.description) was not judged, because \(waiver.because ?? "")"
          )
        }
      return words.map { notification($0.level, $0.text) }
    }
  }

  private var unreadable: [JSONValue] {
    report.unreadable.map {
      notification("error", "can't be judged: \($0.message)", at: $0.name)
    }
  }

  private var skipped: [JSONValue] {
    report.skipped.map { skipped in
      let rule = JSONValue.object(
        .init("id", skipped.rule.json), .init("index", rules.index(of: skipped.rule)?.json))
      return notification(
        "note",
        "\(skipped.rule) did not run, because it needs \(skipped.missing.joined(separator: ", "))",
        rule: rule)
    }
  }

  private var remarks: [JSONValue] {
    report.files.flatMap { file in file.remarks.map { notification("note", $0, at: file.name) } }
  }

  private func notification(
    _ level: String, _ message: String, at file: String? = nil, rule: JSONValue? = nil
  ) -> JSONValue {
    .object(
      .init("level", level.json),
      .init("message", SARIFLocation.message(message)),
      .init("locations", file.map { .array([SARIFLocation(Place(), in: $0).json]) }),
      .init("associatedRule", rule))
  }
}

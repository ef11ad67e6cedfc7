/// One form of a report, and where it goes.
struct ReportOutput: Equatable {
  /// The forms of a report.
  enum Format: String, CaseIterable {
    case text, json, sarif, junit, github
  }

  var format: Format
  /// The file; nil for standard output.
  var path: String?

  init(_ format: Format, path: String? = nil) {
    self.format = format
    self.path = path
  }

  /// The form and the file that `text` names: `sarif`, or `sarif=out.sarif`; nil where there is no
  /// such form, or no name behind the sign.
  init?(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let format = parts.first.flatMap({ Format(rawValue: String($0)) }) else { return nil }
    self.format = format
    if parts.count > 1 {
      if parts[1].isEmpty { return nil }
      path = String(parts[1])
    }
  }
}

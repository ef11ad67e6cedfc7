import Diagnostics
import PlatformLint

/// Writes a report in the forms that were asked for.
struct ReportWriter {
  /// How text is to look.
  struct Text {
    var extent = TextReport.Extent()
    var colour = ColourSetting.auto
    /// Where what goes into no file goes.
    var stream = StandardStream.output
  }

  var outputs: [ReportOutput]
  var text: Text
  /// What fails the run, and with it a test case.
  var failOn: FailureThreshold
  /// The files that must not be replaced.
  var inputs: [String]
  /// Where the devices of each file may DMA; nil where nobody asked.
  var tables: [(file: String, table: any DMAListing)]?

  /// Writes all files, or none, and what goes to standard output.
  ///
  /// - Throws: ``Failure`` with status 73.
  func write(_ report: Report) throws(Failure) {
    var files = OutputFiles()
    for output in outputs {
      if let path = output.path {
        let style = TextStyle(styled: text.colour == .always)
        files.add(path, try bytes(of: report, as: output.format, style, columns: nil))
      } else {
        text.stream.write(
          try bytes(
            of: report, as: output.format, text.stream.style(text.colour),
            columns: text.stream.columns))
      }
    }
    try files.refuseOverwriting(inputs)
    try files.write()
  }

  private func bytes(
    of report: Report, as format: ReportOutput.Format, _ style: TextStyle, columns: Int?
  ) throws(Failure) -> [UInt8] {
    switch format {
    case .text:
      // "No findings" in nothing would read as a verdict; standard error has said what is wrong.
      if report.files.isEmpty { return [] }
      var text = ""
      for (file, table) in tables ?? [] { text += table.text(file: file, style: style) }
      if !text.isEmpty { text += "\n" }
      text += TextReport(style: style, columns: columns).text(for: report, self.text.extent)
      return Array(text.utf8)
    case .json:
      if let tables { return try JSONText.encode(DMATable.Document(tables)) }
      return JSONReport().bytes(report)
    case .sarif: return SARIFReport().bytes(report)
    case .junit: return JUnitReport(failOn: failOn.severity).bytes(report)
    case .github: return GitHubReport().bytes(report)
    }
  }
}

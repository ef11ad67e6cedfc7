import Diagnostics
import PlatformLint

/// Writes a report in the forms that were asked for.
struct ReportWriter {
  var outputs: [ReportOutput]
  /// Whether text consists of findings and nothing else.
  var isQuiet: Bool
  /// What fails the run, and with it a test case.
  var failOn: FailureThreshold
  /// The files that must not be replaced.
  var inputs: [String]
  /// Where the devices of each file may DMA; nil where nobody asked.
  var tables: [(file: String, table: DMATable)]?

  /// Writes all files, or none, and what goes to standard output.
  ///
  /// - Throws: ``Failure`` with status 73.
  func write(_ report: Report) throws(Failure) {
    var files = OutputFiles()
    for output in outputs {
      if let path = output.path {
        files.add(path, try bytes(of: report, as: output.format, styled: false))
      } else {
        let styled = StandardStream.output.isStyled
        StandardStream.output.write(try bytes(of: report, as: output.format, styled: styled))
      }
    }
    try files.refuseOverwriting(inputs)
    try files.write()
  }

  private func bytes(
    of report: Report, as format: ReportOutput.Format, styled: Bool
  ) throws(Failure) -> [UInt8] {
    switch format {
    case .text:
      // "No findings" in nothing would read as a verdict; standard error has said what is wrong.
      if report.files.isEmpty { return [] }
      let style = TextStyle(styled: styled)
      var text = (tables ?? []).map { $0.table.text(file: $0.file, style: style) }.joined()
      if !text.isEmpty { text += "\n" }
      return Array((text + TextReport(style: style).text(for: report, quiet: isQuiet)).utf8)
    case .json:
      if let tables { return try JSONText.encode(DMATable.Document(tables)) }
      return JSONReport().bytes(report)
    case .sarif: return SARIFReport().bytes(report)
    case .junit: return JUnitReport(failOn: failOn.severity).bytes(report)
    case .github: return GitHubReport().bytes(report)
    }
  }
}

import Diagnostics

/// Writes a report in the forms that were asked for.
struct ReportWriter {
  var outputs: [ReportOutput]
  /// Whether text consists of findings and nothing else.
  var isQuiet: Bool
  /// The files that must not be replaced.
  var inputs: [String]

  /// Writes all files, or none, and what goes to standard output.
  ///
  /// - Throws: ``Failure`` with status 73.
  func write(_ report: Report) throws(Failure) {
    var files = OutputFiles()
    for output in outputs {
      if let path = output.path {
        files.add(path, bytes(of: report, as: output.format, styled: false))
      } else {
        let styled = StandardStream.output.isStyled
        StandardStream.output.write(bytes(of: report, as: output.format, styled: styled))
      }
    }
    try files.refuseOverwriting(inputs)
    try files.write()
  }

  private func bytes(
    of report: Report, as format: ReportOutput.Format, styled: Bool
  ) -> [UInt8] {
    switch format {
    case .text: return Array(text(of: report, styled: styled).utf8)
    default: return []
    }
  }

  private func text(of report: Report, styled: Bool) -> String {
    let style = TextStyle(styled: styled)
    let findings = TextReport(style: style)
    var text = ""
    for file in report.files {
      for finding in file.findings { text += findings.text(for: finding) }
    }
    return text
  }
}

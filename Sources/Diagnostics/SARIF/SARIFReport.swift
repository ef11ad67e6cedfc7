/// A report in SARIF 2.1.0, for code scanning services and editors.
///
/// - Every rule that was asked for is described, with its page as help.
/// - A finding is at a line where there is a description, and else at bytes of the tree; the node,
///   the property and the cell are a logical location: `/virtio@a000000:memory-region[0]`.
/// - A finding that is allowed is there, suppressed.
/// - Inputs that could not be judged and rules that did not run are notifications: a run that could
///   not read everything was not successful.
///
/// **Source:** OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
public struct SARIFReport: Sendable {
  /// A report.
  public init() {}

  /// The report in UTF-8, ending in a line break.
  public func bytes(_ report: Report) -> [UInt8] {
    let rules = SARIFRules(report.rules)
    let schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
    return JSONValue.object(
      .init("$schema", schema.json),
      .init("version", "2.1.0".json),
      .init("runs", .array([Self.run(report, rules)]))
    ).bytes
  }

  private static func run(_ report: Report, _ rules: SARIFRules) -> JSONValue {
    .object(
      .init("tool", .object(.init("driver", driver(report.tool, rules)))),
      .init("invocations", .array([SARIFInvocation(report, rules).json])),
      .init("artifacts", .array(artifacts(report))),
      .init(
        "results",
        .array(
          report.files.flatMap { file in
            file.findings.map { SARIFResult($0, file: file.name, rules).json }
          })),
      // Columns count bytes, which SARIF has no word for; in ASCII they are the same.
      .init("columnKind", "unicodeCodePoints".json))
  }

  private static func driver(_ tool: Report.Tool, _ rules: SARIFRules) -> JSONValue {
    .object(
      .init("name", tool.name.json),
      .init("version", tool.version.json),
      .init("semanticVersion", tool.version.json),
      .init("informationUri", tool.informationURI?.json),
      .init("rules", rules.json))
  }

  /// What was looked at, each file once: a clean one is on record as well.
  private static func artifacts(_ report: Report) -> [JSONValue] {
    var seen: Set<String> = []
    return (report.files.map(\.name) + report.unreadable.map(\.name))
      .filter { seen.insert($0).inserted }
      .map {
        .object(
          .init("location", SARIFLocation.artifact($0)),
          .init("roles", .strings(["analysisTarget"]))
        )
      }
  }
}

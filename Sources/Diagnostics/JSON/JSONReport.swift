/// A report for programs, as `schemas/findings.schema.json` describes it.
///
/// Members that have no value are left out; lists are there even when they are empty. A member is
/// never renamed or given another meaning without a new ``version``.
public struct JSONReport: Sendable {
  /// The version of the form.
  public static let version = 1

  /// A report.
  public init() {}

  /// The report in UTF-8, ending in a line break.
  public func bytes(_ report: Report) -> [UInt8] {
    JSONValue.object(
      .init("version", Self.version.json),
      .init(
        "tool",
        .object(
          .init("name", report.tool.name.json), .init("version", report.tool.version.json))),
      .init("files", .array(report.files.map(Self.file))),
      .init(
        "unreadable",
        .array(
          report.unreadable.map {
            .object(
              .init("file", $0.name.json), .init("uri", Self.uri(of: $0.name)),
              .init("message", $0.message.json))
          })),
      .init("waivers", .array(report.waivers.map(Self.waiver))),
      .init("shares", report.shares.map { .array($0.map(\.json)) }),
      .init("tally", Self.tally(report.tally))
    ).bytes
  }

  private static func file(_ file: Report.File) -> JSONValue {
    .object(
      .init("file", file.name.json),
      .init("uri", uri(of: file.name)),
      .init("findings", .array(file.findings.map(\.json))),
      .init(
        "skipped",
        .array(
          file.skipped.map {
            .object(.init("rule", $0.rule.json), .init("missing", .strings($0.missing)))
          })),
      .init("remarks", .strings(file.remarks)),
      .init(
        "tables",
        file.tables.isEmpty
          ? nil
          : .array(
            file.tables.map {
              .object(
                .init("signature", $0.signature.json), .init("judged", $0.judged.rawValue.json))
            })),
      .init("tally", tally(Tally(file.findings))))
  }

  private static func waiver(_ waiver: Report.Waiver) -> JSONValue {
    .object(
      .init("rule", waiver.rule.json), .init("node", waiver.node.json),
      .init("file", waiver.file?.json), .init("status", waiver.status.rawValue.json),
      .init("because", waiver.because?.json))
  }

  /// The file as a reference; nil for standard input, which has none.
  private static func uri(of file: String) -> JSONValue? {
    file == "-" ? nil : SARIFLocation.uri(of: file).json
  }

  private static func tally(_ tally: Tally) -> JSONValue {
    .object(
      .init("errors", tally.errors.json), .init("warnings", tally.warnings.json),
      .init("notes", tally.notes.json), .init("allowed", tally.allowed.json))
  }
}

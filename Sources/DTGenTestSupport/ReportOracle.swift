import Foundation
public import Testing

/// What the standards say about reports, told by libraries in Python.
public enum ReportOracle {
  private static let environment = Repository.root + "/.build/venv"
  private static let schemas = environment + "/share/report-schemas"

  /// Python with the libraries that dt-schema brings along.
  public static let python = Tool(
    path: environment + "/bin/python", package: "python3-venv, then .ci/need dt-schema")

  /// What a schema of our own, at a path in the repository, finds wrong with `json`; empty for nothing.
  ///
  /// - Throws: ``Failure``, and what running a program throws.
  public static func faults(in json: [UInt8], schema: String) throws -> String {
    try faults(in: json, of: Repository.root + "/" + schema, by: "Draft202012Validator")
  }

  /// What OASIS's schema finds wrong with SARIF; empty for nothing.
  ///
  /// - Throws: ``Failure``, and what running a program throws.
  public static func faults(inSARIF json: [UInt8]) throws -> String {
    try faults(in: json, of: schemas + "/sarif-2.1.0.json", by: "Draft4Validator")
  }

  private static func faults(
    in json: [UInt8], of schema: String, by validator: String
  ) throws -> String {
    try run(
      """
      import json, jsonschema, sys
      schema = json.load(open(sys.argv[1]))
      validator = getattr(jsonschema, sys.argv[2])
      validator.check_schema(schema)
      checker = jsonschema.FormatChecker()
      for error in validator(schema, format_checker=checker).iter_errors(json.load(sys.stdin)):
        print(error.json_path, error.message[:200])
      """, [schema, validator], input: json)
  }

  /// What the schema of Jenkins finds wrong with JUnit's XML; empty for nothing.
  ///
  /// - Throws: ``Failure``, and what running a program throws.
  public static func faults(inJUnit xml: [UInt8]) throws -> String {
    try run(
      """
      import sys, xmlschema
      schema = xmlschema.XMLSchema(sys.argv[1])
      for error in schema.iter_errors(sys.stdin.buffer.read().decode()):
        print(error.path, error.reason)
      """, [schemas + "/junit-10.xsd"], input: xml)
  }

  /// The name that the schema of SARIF gives itself.
  ///
  /// - Throws: what reading it throws.
  public static func sarifSchemaName() throws -> String? {
    let data = try Data(contentsOf: URL(fileURLWithPath: schemas + "/sarif-2.1.0.json"))
    return (try JSONSerialization.jsonObject(with: data) as? [String: Any])?["id"] as? String
  }

  /// A program that failed.
  public struct Failure: Error, CustomStringConvertible {
    /// What it said.
    public let description: String
  }

  /// What a program says; a status that is not 0 is a failure.
  ///
  /// - Throws: ``Failure``, and what running a program throws.
  public static func run(
    _ program: String, _ arguments: [String] = [], input: [UInt8]
  ) throws -> String {
    let result = try python.run(["-X", "utf8", "-c", program] + arguments, input: input)
    guard result.status == 0 else { throw Failure(description: result.errors) }
    return result.text
  }

  /// Whether the schemas are there.
  fileprivate static var hasSchemas: Bool {
    FileManager.default.fileExists(atPath: schemas + "/complete")
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips a test without the schemas of the standards, but never in CI.
  public static var requiresReportSchemas: Self {
    .enabled(
      if: ReportOracle.hasSchemas || ProcessInfo.processInfo.environment["CI"] != nil,
      "the schemas of SARIF and JUnit are not installed: .ci/need report-schemas")
  }
}

import DTGenTestSupport
import Diagnostics
import Foundation
import Testing

/// Programs in Python that read what we write: the libraries that dt-schema brings along.
enum Oracle {
  static let python = Tool(
    path: Repository.root + "/.build/venv/bin/python",
    package: "python3-venv, then .ci/need dt-schema")

  /// What a JSON Schema finds wrong with `json`; empty for nothing.
  static func faults(in json: [UInt8], schema: String) throws -> String {
    let program = """
      import json, jsonschema, sys
      schema = json.load(open(sys.argv[1]))
      jsonschema.Draft202012Validator.check_schema(schema)
      validator = jsonschema.Draft202012Validator(schema)
      for error in validator.iter_errors(json.load(sys.stdin)):
        print(error.json_path, error.message[:200])
      """
    return try run(program, [Repository.root + "/" + schema], input: json)
  }

  /// What a program says; standard error is a failure.
  static func run(_ program: String, _ arguments: [String] = [], input: [UInt8]) throws -> String {
    let result = try python.run(["-X", "utf8", "-c", program] + arguments, input: input)
    try #require(result.status == 0, "\(result.errors)")
    return result.text
  }
}

/// Whether `bytes` are UTF-8 without anything that a terminal would act on, but for line breaks.
func isHarmless(_ bytes: [UInt8]) -> Bool {
  guard let text = String(validating: bytes, as: UTF8.self) else { return false }
  return text.split(separator: "\n", omittingEmptySubsequences: false)
    .allSatisfy { String($0).safeForTerminal == $0 }
}

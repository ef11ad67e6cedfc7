import DTGenTestSupport
import Foundation
import Testing

@testable import PlatformLint

/// The schema and the decoder are two lists that must agree by hand; here they are compared.
@Suite("The schema of a policy")
struct PolicySchemaTests {
  private static let path = Repository.root + "/schemas/policy.schema.json"
  private static let python = Tool(
    path: Repository.root + "/.build/venv/bin/python",
    package: "python3-venv, then .ci/need dt-schema")

  private static var schema: [String: Any] {
    let data = FileManager.default.contents(atPath: path) ?? Data()
    return (try? JSONSerialization.jsonObject(with: data)) as? [String: Any] ?? [:]
  }

  private func decode(_ document: Any) throws {
    let data = try JSONSerialization.data(withJSONObject: document)
    _ = try JSONDecoder().decode(Policy.self, from: data)
  }

  @Test("permits nothing that the decoder refuses")
  func schemaToDecoder() throws {
    let instances = SchemaInstances(root: Self.schema).instances(of: Self.schema)
    #expect(instances.count > 15)
    for instance in instances {
      #expect(throws: Never.self, "\(instance)") { try decode(instance) }
    }
  }

  @Test("names the keys that the decoder knows, and no others")
  func keys() throws {
    let properties = Self.schema["properties"] as? [String: Any] ?? [:]
    #expect(properties.keys.sorted() == Policy.keys.sorted())
    let waiver = SchemaInstances(root: Self.schema).definition("waiver")
    let waiverProperties = waiver["properties"] as? [String: Any] ?? [:]
    #expect(waiverProperties.keys.sorted() == Waiver.keys.sorted())
  }

  @Test("knows the words that the decoder knows")
  func words() throws {
    let properties = Self.schema["properties"] as? [String: [String: Any]] ?? [:]
    #expect(properties["failOn"]?["enum"] as? [String] == FailureThreshold.allCases.map(\.rawValue))
    let values = properties["severities"]?["additionalProperties"] as? [String: Any]
    #expect(values?["enum"] as? [String] == SeveritySetting.allCases.map(\.rawValue))
  }

  @Test("takes every profile there is, alone and in a list", .requires(python))
  func profiles() throws {
    for name in ProfileName.all {
      #expect(try isValid(["profile": name]), "\(name)")
      #expect(try isValid(["profile": ["vm", name]]), "\(name)")
      try decode(["profile": name])
    }
    #expect(try !isValid(["profile": [String]()]))
  }

  @Test("takes every rule and family there is", .requires(python))
  func rules() throws {
    var severities: [String: String] = [:]
    for rule in RuleCatalogue.all { severities[rule.id] = "note" }
    for family in RuleCatalogue.families { severities[family] = "note" }
    let waivers = RuleCatalogue.all.map { ["rule": $0.id, "node": "/", "reason": "r"] }
    let document: [String: Any] = ["severities": severities, "waivers": waivers]
    try decode(document)
    #expect(try isValid(document))
  }

  @Test(
    "refuses what the decoder refuses", .requires(python),
    arguments: [
      #"{"unheard-of": 1}"#, #"{"profile": "gpu"}"#, #"{"profile": 1}"#, #"{"profile": []}"#,
      #"{"profile": ["vm", "gpu"]}"#,
      #"{"baseline": " "}"#,
      #"{"waivers": {}}"#, #"{"waivers": [{"rule": "dma/two-pools", "node": "/"}]}"#,
      #"{"waivers": [{"rule": "dma/two-pools", "node": "x", "reason": "r"}]}"#,
      #"{"waivers": [{"rule": "dma", "node": "/", "reason": "r"}]}"#,
      #"{"waivers": [{"rule": "dma/two-pools", "node": "/", "reason": ""}]}"#,
      #"{"waivers": [{"rule": "dma/two-pools", "node": "/", "reason": "r", "file": "/a"}]}"#,
      #"{"severities": {"dma": "loud"}}"#, #"{"severities": {"DMA": "off"}}"#, "[]",
    ])
  func refusals(text: String) throws {
    let document = try JSONSerialization.jsonObject(with: Data(text.utf8))
    #expect(throws: DecodingError.self) { try decode(document) }
    #expect(try !isValid(document))
  }

  private func isValid(_ document: Any) throws -> Bool {
    let program = """
      import json, jsonschema, sys
      schema = json.load(open(sys.argv[1]))
      jsonschema.Draft202012Validator.check_schema(schema)
      valid = jsonschema.Draft202012Validator(schema).is_valid(json.load(sys.stdin))
      print("valid" if valid else "invalid")
      """
    let data = try JSONSerialization.data(withJSONObject: document)
    let result = try Self.python.run(["-c", program, Self.path], input: [UInt8](data))
    try #require(result.status == 0, "\(result.errors)")
    return result.text == "valid\n"
  }
}

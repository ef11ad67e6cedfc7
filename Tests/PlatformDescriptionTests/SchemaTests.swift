import DTGenTestSupport
import Foundation
import PlatformDescription
import Testing

/// The schema and the encoder are two lists that must agree by hand; here they are compared.
@Suite("the schema of the model")
struct SchemaTests {
  /// The JSON Schema library that dt-schema brings along.
  static let python = Tool(
    path: Repository.root + "/.build/venv/bin/python",
    package: "python3-venv, then .ci/need dt-schema")

  private func validate(_ json: [UInt8]) throws -> Tool.Result {
    let program = """
      import json, jsonschema, sys
      schema = json.load(open(sys.argv[1]))
      jsonschema.Draft202012Validator.check_schema(schema)
      errors = list(jsonschema.Draft202012Validator(schema).iter_errors(json.load(sys.stdin)))
      for error in errors: print(error.json_path, error.message[:200])
      sys.exit(1 if errors else 0)
      """
    return try Self.python.run(["-c", program, SchemaFile.path], input: json)
  }

  @Test("accepts what the encoder writes", .requires(python))
  func encoderToSchema() throws {
    let result = try validate(EveryNoun.platform.json())
    #expect(result.status == 0, "\(result.text)\(result.errors)")
  }

  @Test("refuses what no encoder writes", .requires(python))
  func schemaRefuses() throws {
    let text = String(decoding: try EveryNoun.platform.json(), as: UTF8.self)
    for (before, after) in [
      (#""schemaVersion" : 1"#, #""schemaVersion" : 2"#), (#""count" : 1"#, #""count" : "1""#),
      (#""at" : "0x900"#, #""at" : "900"#), (#""memory" : {"#, #""memry" : {"#),
    ] {
      #expect(text.contains(before))
      let broken = text.replacingOccurrences(of: before, with: after)
      #expect(try validate(Array(broken.utf8)).status == 1, "\(after) is accepted")
    }
  }

  /// Every document that the schema permits, one variation at a time.
  private static var documents: [[String: Any]] {
    SchemaInstances(root: SchemaFile.document).instances(of: SchemaFile.document)
      .compactMap { $0 as? [String: Any] }
  }

  private func bytes(_ document: Any) throws -> [UInt8] {
    try [UInt8](JSONSerialization.data(withJSONObject: document))
  }

  @Test("permits nothing that the decoder refuses")
  func schemaToDecoder() throws {
    let documents = Self.documents
    #expect(documents.count > 400)
    for document in documents {
      let json = try bytes(document)
      #expect(throws: Never.self, "\(String(decoding: json, as: UTF8.self))") {
        try Platform(strictJSON: json)
      }
    }
  }

  @Test("has in common with the decoder what must be there, and what may not")
  func sameRequirements() throws {
    for document in Self.documents {
      for broken in Self.breakages(of: document) {
        let json = try bytes(broken)
        #expect(throws: ModelError.self, "\(String(decoding: json, as: UTF8.self))") {
          try Platform(strictJSON: json)
        }
      }
    }
  }

  /// The document with one key too many at the top.
  private static func breakages(of document: [String: Any]) -> [Any] {
    var longer = document
    longer["unheard-of"] = 1
    let missing = (SchemaFile.document["required"] as? [String] ?? []).map { key in
      var shorter = document
      shorter[key] = nil
      return shorter
    }
    return [longer] + missing
  }

  @Test("requires of each object what the decoder requires", arguments: definitions)
  func requirements(definition: String) throws {
    let instances = SchemaInstances(root: SchemaFile.document)
    let schema = instances.definition(definition)
    let required = schema["required"] as? [String] ?? []
    // Objects that are reached through an element of a machine.
    guard SchemaFile.nouns.contains(definition),
      let shortest = instances.instances(of: schema).first as? [String: Any]
    else { return }
    for key in required {
      var object = shortest
      object[key] = nil
      #expect(throws: ModelError.self, "\(definition) without \(key)") {
        try Platform(strictJSON: bytes(Self.document(element: [definition: object])))
      }
    }
    var object = shortest
    object["unheard-of"] = 1
    #expect(throws: ModelError.self, "\(definition) with an unknown key") {
      try Platform(strictJSON: bytes(Self.document(element: [definition: object])))
    }
    _ = try Platform(strictJSON: bytes(Self.document(element: [definition: shortest])))
  }

  static var definitions: [String] {
    (SchemaFile.document["$defs"] as? [String: Any] ?? [:]).keys.sorted()
  }

  private static func document(element: [String: Any]) -> [String: Any] {
    [
      "schemaVersion": 1, "name": "p",
      "virtualMachines": [
        [
          "name": "g", "architecture": "arm64",
          "declaration": ["allowances": [Any](), "additions": [Any]()], "elements": [element],
        ] as [String: Any]
      ],
    ]
  }
}

import PlatformDescription
import Testing

@Suite("the model's JSON")
struct ModelTests {
  @Test("says what was described, and nothing is lost on the way back")
  func roundTrip() throws {
    let json = try EveryNoun.platform.json()
    #expect(try Platform(json: json) == EveryNoun.platform)
    #expect(try Platform(strictJSON: json).json() == json)
  }

  @Test("has every noun of the language")
  func everyNoun() throws {
    func nouns(_ elements: [Element]) -> Set<String> {
      var result = Set(elements.map(\.noun))
      for element in elements {
        if case .bus(let bus) = element { result.formUnion(nouns(bus.elements)) }
        if case .memory(let memory) = element { result.formUnion(nouns(memory.regions)) }
      }
      return result
    }
    let found = EveryNoun.platform.virtualMachines.reduce(into: Set<String>()) {
      $0.formUnion(nouns($1.elements))
    }
    // The schema has a definition of each; SchemaTests holds the two lists together.
    #expect(found.sorted() == SchemaFile.nouns.sorted())
  }

  private func message(_ text: String) -> String? {
    do throws(ModelError) {
      _ = try Platform(strictJSON: Array(text.utf8))
      return nil
    } catch {
      return error.description
    }
  }

  @Test(
    "a document that is no model is refused with its place",
    arguments: [
      (
        #"{"schemaVersion": 2, "name": "p", "virtualMachines": []}"#,
        "schemaVersion: version 2 is not read here; 1 is"
      ),
      (#"{"name": "p", "virtualMachines": []}"#, "the key 'schemaVersion' is missing"),
      (#"{"schemaVersion": 1, "name": "p"}"#, "the key 'virtualMachines' is missing"),
      (
        #"{"schemaVersion": 1, "name": 7, "virtualMachines": []}"#, "name: expected a string"
      ),
      (
        #"{"schemaVersion": 1, "name": "p", "virtualMachines": {}}"#,
        "virtualMachines: expected an array"
      ),
      (
        #"{"schemaVersion": 1, "name": "p", "virtualMachines": [], "nmae": "q"}"#,
        "nmae: this key has no meaning here"
      ),
      (#"[]"#, "expected an object"),
    ])
  func refusals(text: String, expected: String) {
    #expect(message(text) == expected)
  }

  @Test(
    "an address is a hexadecimal string of at most 64 bits",
    arguments: [
      "\"64\"", "\"0x\"", "\"0x1_0\"", "\"0x+1\"", "\"-0x1\"", "64", "\"0x10000000000000000\"",
      "null",
    ])
  func addresses(text: String) {
    let document = """
      {"schemaVersion": 1, "name": "p", "virtualMachines": [{"name": "g", "architecture": "arm64",
       "declaration": {"allowances": [], "additions": []}, "elements": [
        {"memory": {"at": \(text), "size": "0x1000", "regions": [],
         "declaration": {"allowances": [], "additions": []}}}]}]}
      """
    let message = message(document)
    #expect(message?.hasPrefix("virtualMachines[0].elements[0].memory.at: ") == true)
  }

  @Test(
    "an element with another number of keys than one is refused",
    arguments: [
      "{}", #"{"memory": {}, "cpus": {}}"#, #"{"memry": {}}"#,
    ])
  func elements(text: String) {
    let document = """
      {"schemaVersion": 1, "name": "p", "virtualMachines": [{"name": "g", "architecture": "arm64",
       "declaration": {"allowances": [], "additions": []}, "elements": [\(text)]}]}
      """
    #expect(
      message(document)?.hasPrefix(
        "virtualMachines[0].elements[0]: expected an object with exactly one of the keys memory,")
        == true)
  }

  @Test("text that is no JSON, cut anywhere, is refused and never trapped")
  func truncated() throws {
    let json = try EveryNoun.platform.json()
    for count in stride(from: 0, to: json.count - 2, by: 37) {
      #expect(throws: ModelError.self) { try Platform(strictJSON: Array(json[..<count])) }
    }
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: ModelError.self) { try Platform(strictJSON: Array(deep.utf8)) }
  }
}

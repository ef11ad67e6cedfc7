import DTGenTestSupport
import Foundation
import GuestView
import Testing

@testable import PlatformLint

@Suite("The map of the host in JSON")
struct HostMapDocumentTests {
  private func decode(_ text: String) throws -> HostMapDocument {
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    return try decoder.decode(HostMapDocument.self, from: Data(text.utf8))
  }

  private func refusal(_ text: String) -> String {
    do {
      _ = try decode(text)
      return "taken"
    } catch DecodingError.dataCorrupted(let context) {
      let path = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
      return "\(path.joined(separator: ".")): \(context.debugDescription)"
    } catch {
      return "\(error)"
    }
  }

  private func map(_ entry: String) -> String {
    "{ machines: [{ tree: 'a.dtb', memory: [\(entry)] }] }"
  }

  @Test("takes addresses as numbers and as digits, to the last of 64 bits")
  func numbers() throws {
    let text = map(
      "{ guest: 0x40000000, host: '0xffff_ffff_ffff_f000', size: 4096 }, { guest: '16', host: 0, size: '0x10' }"
    )
    let memory = try decode(text).machines[0].memory
    #expect(memory.map(\.guest.first) == [0x4000_0000, 16])
    #expect(memory[0].host.last == .max)
    #expect(memory[1].guest.size == 16)
  }

  @Test(
    "refuses what it doesn't know, and says where",
    arguments: [
      ("{ machine: [] }", "machine: unknown key; there are $schema, hypervisor, machines"),
      ("{}", "machines: is missing, or names none"),
      ("{ machines: [{ tree: 'a' }] }", "machines.0.memory: is missing, or has nothing in it"),
      ("{ machines: [{ memory: [] }] }", "machines.0.tree: is missing"),
    ])
  func keys(text: String, words: String) {
    #expect(refusal(text).hasSuffix(words), "\(refusal(text))")
  }

  @Test(
    "refuses ranges that are none, and says where",
    arguments: [
      ("{ guest: 0, host: 0 }", "size: is missing, or no whole number of 64 bits"),
      ("{ guest: 0, host: 0, size: 0 }", "size: has to be more than 0, and to end within 64 bits"),
      (
        "{ guest: 0, host: '0xffffffffffffffff', size: 2 }",
        "size: has to be more than 0, and to end within 64 bits"
      ),
      ("{ guest: -1, host: 0, size: 1 }", "guest: is missing, or no whole number of 64 bits"),
      ("{ guest: 1.5, host: 0, size: 1 }", "guest: is missing, or no whole number of 64 bits"),
      ("{ guest: 'x', host: 0, size: 1 }", "guest: 'x' is no address; '0x40000000' is one"),
      (
        "{ guest: 0, host: 0, size: 1, offset: 1 }",
        "offset: unknown key; there are guest, host, size"
      ),
    ])
  func ranges(entry: String, words: String) {
    #expect(refusal(map(entry)).hasSuffix(words), "\(refusal(map(entry)))")
  }

  @Test("permits by its schema nothing that the decoder refuses")
  func schema() throws {
    let path = Repository.root + "/schemas/host-map.schema.json"
    let data = try #require(FileManager.default.contents(atPath: path))
    let schema = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let properties = try #require(schema["properties"] as? [String: Any])
    #expect(properties.keys.sorted() == ["$schema", "hypervisor", "machines"])
    let document: [String: Any] = [
      "$schema": "host-map.schema.json",
      "hypervisor": [["name": "text", "host": "0x80000000", "size": 4096]],
      "machines": [
        ["tree": "a.dtb", "memory": [["guest": 0, "host": "0x40_000_000", "size": "65536"]]]
      ],
    ]
    let json = try JSONSerialization.data(withJSONObject: document)
    #expect(try JSONDecoder().decode(HostMapDocument.self, from: json).machines.count == 1)
  }
}

import DTGenTestSupport
import Foundation

/// `schemas/platform.schema.json`, as far as tests look into it.
enum SchemaFile {
  static let path = Repository.root + "/schemas/platform.schema.json"

  static var document: [String: Any] {
    let data = FileManager.default.contents(atPath: path) ?? Data()
    return (try? JSONSerialization.jsonObject(with: data)) as? [String: Any] ?? [:]
  }

  /// The keys that an element may have.
  static var nouns: [String] {
    let definitions = document["$defs"] as? [String: Any]
    let element = definitions?["element"] as? [String: Any]
    let choices = element?["oneOf"] as? [[String: Any]] ?? []
    return choices.flatMap { ($0["required"] as? [String]) ?? [] }
  }
}

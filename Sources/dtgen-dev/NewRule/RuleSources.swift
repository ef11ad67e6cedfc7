import DTGenTestSupport
import Foundation

/// The sources of the rules in a checkout.
struct RuleSources {
  /// `Sources/PlatformLint`.
  private let directory: URL

  private var catalogue: URL {
    directory.appendingPathComponent("Catalogue/RuleCatalogue.swift")
  }

  /// The rules of the checkout at `root`.
  init(root: String = Repository.root) {
    directory = URL(fileURLWithPath: root).appendingPathComponent("Sources/PlatformLint")
  }

  /// Writes the file of a new rule and its line in the catalogue, and gives the paths of both.
  ///
  /// - Throws: ``Failure`` where the id, the file or the line is taken; then nothing is written.
  func add(_ name: RuleName) throws -> [String] {
    if let taken = try file(withID: name.id) {
      throw Failure("there is a rule \(name.id) already: \(taken)")
    }
    let file = directory.appendingPathComponent("Rules/\(name.family)/\(name.typeName).swift")
    if FileManager.default.fileExists(atPath: file.path) {
      throw Failure("there is a file already: \(file.path)")
    }
    var list = RuleCatalogueFile(try String(contentsOf: catalogue, encoding: .utf8))
    try list.add(name.typeName)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try RuleTemplate.source(for: name).write(to: file, atomically: true, encoding: .utf8)
    try list.text.write(to: catalogue, atomically: true, encoding: .utf8)
    return [file.path, catalogue.path]
  }

  /// The file of the rule with this id, or nil.
  private func file(withID id: String) throws -> String? {
    let rules = directory.appendingPathComponent("Rules")
    let files = FileManager.default.enumerator(at: rules, includingPropertiesForKeys: nil)
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift" else { continue }
      let text = try String(contentsOf: file, encoding: .utf8)
      if text.contains("static let id = \"\(id)\"") { return file.path }
    }
    return nil
  }
}

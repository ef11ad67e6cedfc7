import DTGenTestSupport
import Foundation
import PlatformLint
import Testing

/// The pages of the nouns are made from their comments and their examples; here they are held against
/// both.
@Suite("the pages of the nouns", .requiresDistribution)
struct NounPageTests {
  private static let folder = "Sources/PlatformDescription/PlatformDescription.docc/Nouns"

  private static let symbols = Result { try SymbolGraph(module: "PlatformDescription") }

  @Test("are those that are committed", arguments: NounExample.nouns)
  func page(noun: String) throws {
    let example = try NounExample(noun)
    #expect(example.status == 0, "\(example.report)")
    let reference = try #require(NounReference(noun, in: try Self.symbols.get()))
    let output = try example.output()
    #expect(!output.isEmpty, "the example of \(noun) shows nothing")
    let path = "\(Self.folder)/\(noun).md"
    let committed = try? String(contentsOfFile: Repository.root + "/" + path, encoding: .utf8)
    let page = NounPage(
      reference, description: example.description, output: output, committed: committed ?? "")
    for id in page.rules { #expect(RuleCatalogue.rule(id) != nil, "\(noun) names \(id)") }
    Golden.expect(page.markdown, matches: path)
  }

  @Test("have an example each, and each example has a page")
  func complete() throws {
    let pages = try FileManager.default.contentsOfDirectory(
      atPath: Repository.root + "/" + Self.folder)
    #expect(pages.sorted() == NounExample.nouns.map { $0 + ".md" })
  }
}

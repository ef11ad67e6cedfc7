import DTGenTestSupport
import Foundation
import PlatformLint
import Testing

/// The pages of the documentation are made from the rules; here they are held against them.
@Suite("the pages of the rules")
struct RulePageTests {
  private static let folder = "Sources/PlatformLint/PlatformLint.docc"

  @Test("are those that are committed", arguments: RuleCatalogue.ids)
  func pages(id: String) throws {
    let rule = try #require(RuleCatalogue.rule(id))
    Golden.expect(
      RulePage.markdown(for: rule),
      matches: "\(Self.folder)/Rules/\(RuleIndex.pageName(of: rule)).md")
  }

  @Test("are listed in an index, by family")
  func index() {
    Golden.expect(RuleIndex.markdown, matches: "\(Self.folder)/RulesByFamily.md")
  }

  @Test("are those of rules that exist")
  func noOthers() throws {
    let files = try FileManager.default.contentsOfDirectory(
      atPath: Repository.root + "/\(Self.folder)/Rules")
    #expect(files.sorted() == RuleCatalogue.all.map { RuleIndex.pageName(of: $0) + ".md" }.sorted())
  }
}

import DTGenTestSupport
import Foundation
import Testing

@Suite("dtgen explain and dtgen rules", .requiresDistribution)
struct RuleCommandRunTests {
  @Test("print the page of a rule, and the list")
  func run() throws {
    let scratch = try ScratchDirectory()
    let page = try Command.run(["explain", "two-pools"], in: scratch)
    #expect(page.status == 0)
    #expect(page.text.hasPrefix("dma/two-pools  "))
    let list = try Command.run(["rules", "dma"], in: scratch)
    #expect(list.status == 0)
    #expect(list.text.contains("\ndma/two-pools "))
    let json = try Command.run(["rules", "--format", "json"], in: scratch)
    let document = try JSONSerialization.jsonObject(with: Data(json.output)) as? [String: Any]
    #expect(document?["version"] as? Int == 1)
    let rules = try #require(document?["rules"] as? [[String: Any]])
    #expect(rules.contains { $0["id"] as? String == "dma/two-pools" })
  }

  @Test(
    "refuse what there isn't, in one line and with status 64",
    arguments: [["explain", "dma/tow-pools"], ["explain", "\u{1b}[31m"], ["rules", "nothing"]])
  func refuse(arguments: [String]) throws {
    let result = try Command.run(arguments, in: try ScratchDirectory())
    #expect(result.status == 64)
    #expect(result.output.isEmpty)
    #expect(result.errors.hasPrefix("dtgen: error: there is no "))
    #expect(result.errors.split(separator: "\n").count == 1)
    #expect(!result.errors.contains("\u{1b}"))
  }
}

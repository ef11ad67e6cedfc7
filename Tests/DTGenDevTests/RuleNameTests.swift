import DTGenTestSupport
import Foundation
import Testing

@testable import dtgen_dev

@Suite("The name of a new rule")
struct RuleNameTests {
  @Test("the rules that exist are named as a new one would be")
  func existingRules() throws {
    let folder = Repository.root + "/Sources/PlatformLint/Rules"
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".swift") }
    #expect(!files.isEmpty)
    for file in files {
      let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
      let id = try #require(text.firstMatch(of: /static let id = "([^"]+)"/)).1
      let name = try RuleName(String(id))
      #expect("\(name.family)/\(name.typeName).swift" == file)
    }
  }

  @Test(
    "an id that is none is refused",
    arguments: [
      "", "/", "dma", "dma/", "/x", "dma/x/y", "dma/X", "dma/pool_x", "dma/-x", "dma/x-",
      "dma/x--y",
      "dma/1st", "dma/ä", "dma/../x", "other/x", "DMA/x",
    ])
  func malformed(_ id: String) {
    #expect(throws: Failure.self) { try RuleName(id) }
  }
}

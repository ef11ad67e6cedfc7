import DTGenTestSupport
import Foundation
import Testing

@Suite("the documentation")
struct ArchiveTests {
  @Test("converts without a warning, so that every link leads somewhere")
  func archive() throws {
    let scratch = try ScratchDirectory()
    let result = try Tool(path: Repository.root + "/.ci/docs", package: "swift").run([
      scratch.path + "/dtgen.doccarchive", SymbolGraph.modules,
    ])
    #expect(result.status == 0, "\(result.text)\(result.errors)")
    #expect(!(result.text + result.errors).contains("warning:"))
    let pages = scratch.path + "/dtgen.doccarchive/data/documentation/"
    for page in ["platformdescription/pl011.json", "platformlint/dma-mixed-confinement.json"] {
      #expect(FileManager.default.fileExists(atPath: pages + page), "\(page)")
    }
  }
}

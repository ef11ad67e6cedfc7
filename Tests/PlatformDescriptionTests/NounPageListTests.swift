import DTGenTestSupport
import Foundation
import PlatformDescription
import Testing

@Suite("every noun")
struct NounPageListTests {
  /// The names of the types of everything that is declared in `value`.
  private func nouns(in value: Any) -> Set<String> {
    var nouns: Set<String> = []
    if value is any Declared { nouns.insert(String(describing: type(of: value))) }
    for child in Mirror(reflecting: value).children { nouns.formUnion(self.nouns(in: child.value)) }
    return nouns
  }

  @Test("has an example and a page, and stands in the reference")
  func pages() throws {
    let catalogue =
      Repository.root + "/Sources/PlatformDescription/PlatformDescription.docc"
    let topics = try String(
      contentsOfFile: catalogue + "/PlatformDescription.md", encoding: .utf8)
    let nouns = nouns(in: EveryNoun.platform)
    #expect(nouns.count > 45)
    for noun in nouns.sorted() {
      #expect(
        FileManager.default.fileExists(atPath: Repository.fixtures + "/nouns/\(noun).swift"),
        "write the smallest description with it: fixtures/nouns/\(noun).swift")
      #expect(
        FileManager.default.fileExists(atPath: catalogue + "/Nouns/\(noun).md"),
        "swift run dtgen-dev bless NounPageTests")
      #expect(topics.contains("- ``\(noun)``\n"), "\(noun) is in no topic")
    }
  }
}

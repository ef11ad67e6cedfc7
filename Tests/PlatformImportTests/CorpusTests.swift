import DTGenTestSupport
import Foundation
import PlatformImport
import Testing

/// The trees of Debian's arm64 kernel, where `.ci/corpus` has fetched them.
enum CorpusTrees {
  private static let directory = Repository.root + "/.build/corpus/dtb"

  /// Some of all vendors, and the largest; `dtgen-dev import` takes all of them.
  static let paths: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory))?.sorted() ?? []
    return names.enumerated().filter { $0.offset % 64 == 0 || $0.element.contains("sdm845-db") }
      .map { directory + "/" + $0.element }
  }()
}

@Suite("importing the trees of Debian's arm64 kernel", .enabled(if: !CorpusTrees.paths.isEmpty))
struct CorpusTests {
  @Test("gives them back", arguments: CorpusTrees.paths)
  func roundTrip(path: String) throws {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    let trip = try RoundTrip(bytes)
    #expect(trip.differences == [])
  }
}

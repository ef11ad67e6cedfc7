import DTGenTestSupport
import Foundation
import Testing

/// What the tutorial and the guides show is what comes out.
@Suite(
  "the pages that show commands", .requiresDistribution, .requires(.qemuArm),
  .requires(.fdtoverlay))
struct ShownPageTests {
  /// The folders whose pages are run.
  private static let folders = [
    "Sources/PlatformDescription/PlatformDescription.docc/Tutorial",
    "Sources/PlatformDescription/PlatformDescription.docc/Guides",
    "Sources/PlatformLint/PlatformLint.docc/Guides",
  ]

  static let pages: [String] = folders.flatMap { folder in
    ((try? FileManager.default.contentsOfDirectory(atPath: Repository.root + "/" + folder)) ?? [])
      .sorted().map { folder + "/" + $0 }
  }

  @Test("say what is printed", arguments: pages)
  func shown(path: String) throws {
    let text = try String(contentsOfFile: Repository.root + "/" + path, encoding: .utf8)
    var page = ShownPage(text)
    #expect(page.text == text)
    var session = try ShownSession()
    try session.perform(page)
    if Golden.isRecording, !session.corrections.isEmpty {
      for (index, lines) in session.corrections { page.blocks[index].lines = lines }
      Golden.expect(page.text, matches: path)
    } else {
      #expect(session.faults == [])
    }
  }

  @Test("are there")
  func present() {
    #expect(Self.pages.count >= 10)
    #expect(Self.pages.allSatisfy { $0.hasSuffix(".md") })
  }
}

@Suite("a page that shows commands")
struct ShownSessionTests {
  private func faults(_ text: String) throws -> [String] {
    var session = try ShownSession()
    try session.perform(ShownPage(text))
    return session.faults
  }

  @Test("may leave lines and words out, and nothing else")
  func elision() throws {
    #expect(try faults("```console\n$ printf 'a\\nb c\\nd\\n'\na\n…\nd\n```") == [])
    #expect(try faults("```console\n$ echo one two three\none … three\n```") == [])
    #expect(try faults("```console\n$ echo one\ntwo\n```").count == 1)
    #expect(try faults("```console\n$ printf 'a\\nb\\n'\na\n```").count == 1)
    #expect(try faults("```console\n$ echo a\na\n…\nb\n```").count == 1)
  }

  @Test("shows how a command fails")
  func statuses() throws {
    #expect(try faults("```console\n$ (exit 3)\n$ echo $?\n3\n```") == [])
    #expect(try faults("```console\n$ (exit 3)\n```").count == 1)
    #expect(try faults("```console\n$ (exit 3)\n$ echo on\non\n```").count == 1)
  }

  @Test("has files that it writes, changes and quotes")
  func files() throws {
    let file = "In `a.swift`:\n\n```swift\nlet a = 1\nlet b = 2\n```\n"
    #expect(try faults(file + "```console\n$ cat a.swift\nlet a = 1\nlet b = 2\n```") == [])
    let change = "To `a.swift`:\n\n```diff\n let a = 1\n-let b = 2\n+let c = 3\n```\n"
    #expect(try faults(file + change + "```swift\nlet c = 3\n```") == [])
    #expect(try faults(file + change + change).count == 1)
    #expect(try faults(file + "```swift\nlet d = 4\n```").count == 1)
    #expect(try faults("```perl\n1\n```").count == 1)
  }

  @Test("names options that dtgen has", .requiresDistribution)
  func options() throws {
    #expect(try faults("```sh\ndtgen build platform.swift --emit dtb,dts\n```") == [])
    #expect(try faults("```sh\ndtgen build platform.swift --emitt dtb\n```").count == 1)
    #expect(try faults("```sh\ndtgen burn\n```").count == 1)
  }
}

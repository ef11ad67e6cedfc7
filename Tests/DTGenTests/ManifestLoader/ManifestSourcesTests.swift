import DTGenTestSupport
import Foundation
import Testing

@testable import dtgen

@Suite("the files of a description")
struct ManifestSourcesTests {
  private func error(_ arguments: [String]) -> ManifestError? {
    do {
      _ = try ManifestSources(arguments)
      return nil
    } catch { return error }
  }

  @Test("must be there")
  func missing() {
    let error = error(["/nonexistent/platform.swift"])
    #expect(error?.text == "/nonexistent/platform.swift: error: no such file or directory")
    #expect(error?.exitStatus == 66)
  }

  @Test("must be Swift")
  func otherLanguage() throws {
    let scratch = try ScratchDirectory()
    let path = try scratch.write([], to: "platform.dts")
    #expect(error([path])?.text == "\(path): error: not a Swift file")
    #expect(error([path])?.exitStatus == 64)
  }

  @Test("must not share a name, not even with dtgen's own file")
  func sameName() throws {
    let scratch = try ScratchDirectory()
    try FileManager.default.createDirectory(
      atPath: scratch.path + "/other", withIntermediateDirectories: true)
    let first = try scratch.write([], to: "platform.swift")
    let second = try scratch.write([], to: "other/platform.swift")
    let entry = try scratch.write([], to: "dtgen-entry.swift")
    #expect(
      error([first, second])?.text == """
        \(second): error: two files of one description can't have the same name; \
        the other one is \(first)
        """)
    #expect(error([first, second])?.exitStatus == 64)
    #expect(error([entry])?.code == .usage)
  }

  @Test("are those of a directory, sorted by the bytes of their names")
  func directory() throws {
    let scratch = try ScratchDirectory()
    for name in ["b.swift", "a.swift", "B.swift", "notes.txt", ".hidden.swift"] {
      try scratch.write([], to: name)
    }
    let sources = try ManifestSources([scratch.path])
    #expect(sources.files.map(\.path) == ["B", "a", "b"].map { "\(scratch.path)/\($0).swift" })
  }

  @Test("can't be an empty directory")
  func emptyDirectory() throws {
    let scratch = try ScratchDirectory()
    #expect(error([scratch.path])?.exitStatus == 66)
  }

  @Test("are seen to change")
  func change() throws {
    let scratch = try ScratchDirectory()
    let path = try scratch.write([1], to: "platform.swift")
    let sources = try ManifestSources([path])
    #expect(!sources.haveChanged)
    try scratch.write([1, 2], to: "platform.swift")
    #expect(sources.haveChanged)
  }
}

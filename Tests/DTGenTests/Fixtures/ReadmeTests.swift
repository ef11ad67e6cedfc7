import DTGenTestSupport
import Foundation
import Testing

/// What the README shows is what comes out.
@Suite("the README", .requiresDistribution)
struct ReadmeTests {
  /// The blocks between fences, in order.
  private static let blocks: [String] = {
    let text = (try? String(contentsOfFile: Repository.root + "/README.md", encoding: .utf8)) ?? ""
    let parts = text.components(separatedBy: "```")
    return stride(from: 1, to: parts.count, by: 2).map { index in
      // The first line is the fence's own: the language.
      parts[index].split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false).last
        .map(String.init) ?? ""
    }
  }()

  private func build(_ description: String) throws -> Tool.Result {
    let scratch = try ScratchDirectory()
    try scratch.write(Array(description.utf8), to: "platform.swift")
    return try Command.run(["build", "platform.swift"], in: scratch)
  }

  @Test("shows what its description gives")
  func example() throws {
    let result = try build(Self.blocks[0])
    let shown = Self.blocks[1].split(separator: "\n").filter {
      !$0.hasPrefix("$ ") && !$0.contains("…")
    }
    #expect(shown.count > 8)
    for line in shown {
      #expect(result.text.contains(line + "\n"), "the README shows '\(line)'")
    }
  }

  @Test("shows what is said where the pool is forgotten")
  func warning() throws {
    let forgotten = Self.blocks[0].replacingOccurrences(
      of: "VirtioMMIO(.network(), memoryRegion: bounce)", with: "VirtioMMIO(.network())")
    #expect(forgotten != Self.blocks[0])
    #expect(try build(forgotten).errors == Self.blocks[2])
  }

  @Test("shows how a pool is computed")
  func computedPool() throws {
    let computed = Self.blocks[0].replacingOccurrences(
      of: "at: 0x5f00_0000, size: .mib(8)", with: "size: .computed")
    #expect(computed != Self.blocks[0])
    let shown = try #require(Self.blocks.first { $0.contains("computed pools\n") })
    #expect(try build(computed).text.contains("\n" + shown))
  }

  @Test("names only commands and files that are there")
  func references() throws {
    let text = try String(contentsOfFile: Repository.root + "/README.md", encoding: .utf8)
    for match in text.matches(of: /\]\((?<path>[A-Za-z][^)]*)\)/)
    where !match.output.path.hasPrefix("http") {
      let path = Repository.root + "/" + match.output.path
      #expect(FileManager.default.fileExists(atPath: path), "\(match.output.path)")
    }
    let help = try Command.run(["--help"], in: try ScratchDirectory()).text
    let shown = Self.blocks.joined().split(separator: "\n").filter { $0.hasPrefix("dtgen ") }
    let inline = text.matches(of: /`(?<line>dtgen [a-z][^`]*)`/).map(\.output.line)
    #expect(shown.count > 5 && inline.count > 1)
    for line in shown + inline {
      let command = line.split(separator: " ")[1]
      #expect(help.contains("\n  \(command) "), "\(line)")
    }
  }
}

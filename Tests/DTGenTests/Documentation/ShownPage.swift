import DTGenTestSupport
import Foundation

/// A page of the documentation, cut into prose and fenced blocks.
struct ShownPage {
  /// A fenced block.
  struct Block {
    /// What stands behind the fence: `swift`, `console`.
    let language: String
    /// The lines between the fences.
    var lines: [String]
    /// The line of the page on which the first of them stands, from 1.
    let firstLine: Int
    /// The file that the prose in front of it names, as in "in `platform.swift`:".
    let file: String?

    /// The text, with a newline at its end.
    var text: String { lines.map { $0 + "\n" }.joined() }
  }

  /// Everything between the blocks, fences included, in order: one more than there are blocks.
  private var prose: [[String]] = [[]]
  /// The blocks, in order.
  var blocks: [Block] = []

  init(_ text: String) {
    var block: Block?
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init).enumerated()
    {
      if var open = block {
        if line == "```" {
          blocks.append(open)
          prose.append([line])
          block = nil
        } else {
          open.lines.append(line)
          block = open
        }
      } else {
        if line.hasPrefix("```") {
          let before = prose[prose.count - 1].last { !$0.isEmpty }
          block = Block(
            language: String(line.dropFirst(3)), lines: [], firstLine: number + 2,
            file: before.flatMap(Self.file))
        }
        prose[prose.count - 1].append(line)
      }
    }
  }

  /// The page in Markdown.
  var text: String {
    var lines: [String] = []
    for (index, part) in prose.enumerated() {
      lines += part
      if index < blocks.count { lines += blocks[index].lines }
    }
    return lines.joined(separator: "\n")
  }

  /// The name in "write this to `name`:".
  private static func file(_ line: String) -> String? {
    line.firstMatch(of: /`([^`]+)`:$/).map { String($0.1) }
  }
}

import DTGenTestSupport
import Foundation
import Testing

@testable import dtgen

@Suite("The text of dtgen lint", .requiresDistribution, .requires(.dtc))
struct LintTextTests {
  private let trees: TreeDirectory

  init() throws { trees = try TreeDirectory() }

  /// Runs a line on a terminal of so many columns.
  ///
  /// script runs what SHELL names, which may be a shell that knows no exported functions.
  private func onTerminal(_ line: String, columns: Int = 60) throws -> String {
    let script = "unset NO_COLOR; export TERM=xterm; stty cols \(columns); \(line)"
    return try trees.shell(
      "export -f dtgen; export SHELL=$BASH; script -qec \"\(script.replacingOccurrences(of: "\"", with: "\\\""))\" /dev/null"
    )
    .text
  }

  @Test("has colours where they are asked for, or on a terminal that may have them")
  func colours() throws {
    func hasColours(_ text: String) -> Bool { text.contains("\u{1b}[") }
    #expect(!hasColours(try trees.lint("trees").text))
    #expect(hasColours(try trees.lint("trees", "--color", "always").text))
    #expect(hasColours(try trees.shell("NO_COLOR=1 dtgen lint trees --color always").text))
    #expect(!hasColours(try trees.lint("trees", "--color", "always", "--format", "json").text))
    #expect(try trees.lint("trees", "--color", "sometimes").status == 64)
    guard Tool("script", package: "bsdutils").path != nil else { return }
    #expect(hasColours(try onTerminal("dtgen lint trees")))
    #expect(!hasColours(try onTerminal("NO_COLOR=1 dtgen lint trees")))
    #expect(!hasColours(try onTerminal("TERM=dumb dtgen lint trees")))
    #expect(!hasColours(try onTerminal("dtgen lint trees --color never")))
  }

  @Test("breaks lines at the width of a terminal, and nowhere else")
  func width() throws {
    let long = try trees.lint("trees").text.split(separator: "\n")
    #expect(long.contains { $0.utf8.count > 80 })
    guard Tool("script", package: "bsdutils").path != nil else { return }
    let lines = try onTerminal("dtgen lint --color never trees").split(separator: "\r\n")
    let fields = lines.drop { !$0.hasPrefix("      guest: ") }.dropFirst()
    #expect(fields.contains { $0.hasPrefix("             ") && $0.count <= 60 }, "\(lines)")
  }

  @Test("has all of many findings only in forms for programs, or where they are asked for")
  func many() throws {
    let regions = (0..<20).map { "r\($0)@5f000000 { reg = <0 0x5f000000 0 0x1000>; };" }
    try trees.write(
      TreeDirectory.source(
        "reserved-memory { #address-cells = <2>; #size-cells = <2>; ranges; \(regions.joined()) };"),
      to: "many.dtb")
    func count(_ result: Tool.Result) -> Int {
      result.text.split(separator: "\n").filter { $0.hasSuffix(" [memory/region-overlap]") }.count
    }
    let arguments = ["--rule", "memory/region-overlap", "many.dtb"]
    func lint(_ more: String...) throws -> Tool.Result {
      try Command.run(["lint"] + arguments + more, in: trees.scratch)
    }
    let total = count(try lint("--all"))
    try #require(total > 11)
    #expect(count(try lint()) == 10)
    #expect(
      try lint().text.contains("\nand \(total - 10) more of memory/region-overlap; --all shows"))
    let document = try TreeDirectory.document(lint("--format", "json"))
    let findings = (document["files"] as? [[String: Any]])?.first?["findings"] as? [Any]
    #expect(findings?.count == total)
    #expect(try lint("-q").text.hasSuffix("--all shows them\n"))
  }
}

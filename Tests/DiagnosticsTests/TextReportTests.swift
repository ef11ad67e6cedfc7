import Diagnostics
import Testing

@Suite("a report as text")
struct TextReportTests {
  private let finding = Finding(
    rule: "dma/example", severity: .error, message: "the pool lies outside memory",
    place: Place(
      file: "guest.dtb",
      source: SourceLocation(file: "platform.swift", line: 2, column: 7),
      node: "/reserved-memory/bounce@9f000000", property: "reg", cell: 0, element: "reg[0]",
      bytes: 0x2f4..<0x304),
    found: "0x9f000000", expected: "inside memory", consequence: "the kernel panics",
    logLine: "Unable to handle kernel paging request", help: "move it",
    related: [.init("is memory", at: Place(file: "guest.dtb", node: "/memory@40000000"))])

  @Test("starts with the place as compilers print it, and marks the column")
  func source() {
    let text = TextReport(style: TextStyle(styled: false)) { _, number in
      number == 2 ? "\tlet x = 1" : nil
    }.text(for: finding)
    #expect(
      text == """
        platform.swift:2:7: error: the pool lies outside memory [dma/example]
             2 | \tlet x = 1
               | \t     ^
               node: /reserved-memory/bounce@9f000000: reg[0] (guest.dtb, byte 0x2f4)
              found: 0x9f000000
           expected: inside memory
               with: guest.dtb: /memory@40000000: is memory
              guest: the kernel panics
                log: Unable to handle kernel paging request
                fix: move it

        """)
  }

  @Test("of a tree without a source starts with the file and the node")
  func foreign() {
    var finding = finding
    finding.place.source = nil
    let text = TextReport(style: TextStyle(styled: false)).text(for: finding)
    #expect(
      text.hasPrefix(
        "guest.dtb: /reserved-memory/bounce@9f000000: reg[0]: error: the pool lies outside memory"))
  }

  @Test("draws the place in a tree without a source, with marks where characters have a width")
  func drawing() {
    var finding = finding
    finding.place.source = nil
    finding.place.excerpt = Excerpt([
      .init("node {"), .init("  reg = <0x1 0x2>;", mark: 9..<12), .init("é = <1>;", mark: 0..<1),
      .init("out of it", mark: 40..<50),
    ])
    let text = TextReport(style: TextStyle(styled: false)).text(for: finding)
    #expect(
      text.contains(
        """
               | node {
               |   reg = <0x1 0x2>;
               |          ^^^
               | é = <1>;
               | out of it
               |          ^
              found:
        """))
  }

  @Test("names a few of many parties and counts the others")
  func manyParties() {
    var finding = finding
    finding.related = (0..<1_000).map { .init("clashes", at: Place(node: "/node@\($0)")) }
    let text = TextReport(style: TextStyle(styled: false)).text(for: finding)
    #expect(text.contains("with: /node@7: clashes\n       with: 992 more\n"))
  }

  @Test("of many files has the gravest first and says once what holds for all of a rule")
  func manyFiles() {
    var warning = finding
    warning.rule = "dma/other"
    warning.severity = .warning
    let report = Report(
      tool: .init(name: "dtgen", version: "0.1.0"), rules: [],
      files: [
        .init("a.dtb", findings: [warning]), .init("b.dtb", findings: [finding, finding]),
      ])
    let renderer = TextReport(style: TextStyle(styled: false))
    let text = renderer.text(for: report)
    let severities = text.split(separator: "\n").compactMap { line in
      ["error:", "warning:"].first { line.contains(" \($0) ") }
    }
    #expect(severities == ["error:", "error:", "warning:"])
    #expect(text.split(separator: "fix: move it").count == 3)
    #expect(text.hasSuffix("2 files, 0 rules: 2 errors, 1 warning\n"))
    #expect(
      renderer.text(for: report, quiet: true) + "\n2 files, 0 rules: 2 errors, 1 warning\n" == text)
  }

  @Test("says why something is allowed, and no longer what to do")
  func allowed() {
    var finding = finding
    finding.allowedBecause = "it is a test"
    let text = TextReport(style: TextStyle(styled: false)).text(for: finding)
    #expect(text.contains("allowed: because it is a test"))
    #expect(!text.contains("move it"))
  }

  @Test(
    "spells out what a terminal would act on",
    arguments: [
      ("plain/näme", "plain/näme"), ("\u{1b}[31mred", "\\x1b[31mred"),
      ("a\nb\u{7}", "a\\x0ab\\x07"),
      ("\u{202e}drow", "\\u{202e}drow"), ("tab\tstays", "tab\tstays"), ("\u{9b}31m", "\\x9b31m"),
    ])
  func hostile(text: String, expected: String) {
    #expect(text.safeForTerminal == expected)
  }

  @Test("has no escape sequences off a terminal and resets each one on it")
  func styles() {
    #expect(!TextReport(style: TextStyle(styled: false)).text(for: finding).contains("\u{1b}"))
    let styled = TextReport(style: TextStyle(styled: true)).text(for: finding)
    #expect(styled.contains("\u{1b}[1;31merror:\u{1b}[0m"))
  }
}

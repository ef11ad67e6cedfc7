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
               with: /memory@40000000: is memory
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
      .init("out of it", mark: 40..<50), .init("map = <… 0x3>;", mark: 9..<12),
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
               | map = <… 0x3>;
               |          ^^^
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
      renderer.text(for: report, .init(isQuiet: true))
        + "\n2 files, 0 rules: 2 errors, 1 warning\n" == text)
  }

  /// A report in which a rule finds something at so many nodes, with the same other party.
  private func report(findings count: Int) -> Report {
    let findings = (0..<count).map { number in
      var finding = finding
      finding.place = Place(
        file: "guest.dtb", node: "/node@\(number)", excerpt: Excerpt([.init("node@\(number) {")]))
      let other = Place(node: "/other", excerpt: Excerpt([.init("other {")]))
      finding.related = [.init("clashes", at: other)]
      return finding
    }
    return Report(
      tool: .init(name: "dtgen", version: "0.1.0"), rules: [],
      files: [.init("guest.dtb", findings: findings)])
  }

  @Test("draws a few findings of a rule, names a few more in a line, and counts the others")
  func manyOfARule() {
    let renderer = TextReport(style: TextStyle(styled: false))
    let text = renderer.text(for: report(findings: 100))
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines.filter { $0.contains("| node@") }.count == 3)
    #expect(lines.filter { $0.hasPrefix("guest.dtb: /node@") }.count == 10)
    #expect(text.contains("\nand 90 more of dma/example; --all shows them\n"))
    #expect(text.hasSuffix("1 file, 0 rules: 100 errors\n"))
    #expect(lines.filter { $0.contains("| other {") }.count == 1, "the other party is drawn again")
    let all = renderer.text(for: report(findings: 100), .init(showsAll: true))
    #expect(all.split(separator: "\n").filter { $0.contains("| node@") }.count == 100)
    #expect(!all.contains("--all"))
  }

  @Test("leaves nothing out where there is one more than is shown", arguments: [4, 11])
  func oneMore(count: Int) {
    let text = TextReport(style: TextStyle(styled: false)).text(for: report(findings: count))
    #expect(!text.contains("more of"))
    #expect(text.split(separator: "\n").filter { $0.hasPrefix("guest.dtb: ") }.count == count)
    if count == 4 { #expect(text.contains("| node@3 {")) }
  }

  @Test("has what is meant behind what counts, and what is only known when it is asked for")
  func meant() {
    var meant = finding
    meant.allowedBecause = "it is a test"
    meant.allowedBy = .policy
    var known = finding
    known.allowedBecause = "it is in the baseline"
    known.allowedBy = .baseline
    var warning = finding
    warning.severity = .warning
    let report = Report(
      tool: .init(name: "dtgen", version: "0.1.0"), rules: [],
      files: [.init("a.dtb", findings: [meant, known, warning])])
    let renderer = TextReport(style: TextStyle(styled: false))
    let text = renderer.text(for: report)
    #expect(text.hasPrefix("platform.swift:2:7: warning:"))
    #expect(
      text.contains(
        "\nplatform.swift:2:7: allowed: the pool lies outside memory [dma/example], because it is "
          + "a test\n"))
    #expect(!text.contains("baseline") && text.contains("2 allowed"))
    #expect(renderer.text(for: report, .init(showsAll: true)).contains("because it is in the base"))
    #expect(!renderer.text(for: report, .init(isQuiet: true)).contains("allowed"))
  }

  @Test("names skipped rules and waivers where it is asked to, and else counts them")
  func verbose() {
    let report = Report(
      tool: .init(name: "dtgen", version: "0.1.0"), rules: [SampleReport.rule("a/b", .error)],
      files: [.init("a.dtb", skipped: [.init("a/b", missing: ["features"])])],
      waivers: [.init(rule: "a/b", node: "/x", status: .notJudged, because: "its rule did not run")]
    )
    let renderer = TextReport(style: TextStyle(styled: false))
    let sum =
      "1 file, 0 rules: no findings; 1 rule skipped for want of features; 1 waiver not judged\n"
    #expect(renderer.text(for: report) == sum)
    #expect(
      renderer.text(for: report, .init(isVerbose: true)) == """
        skipped: a/b, which needs features
        not judged: the waiver of a/b at /x: its rule did not run

        """ + sum)
  }

  @Test("breaks lines for a terminal, and never those of a log")
  func columns() {
    var finding = finding
    finding.consequence = "one two three four five six seven eight nine ten eleven twelve"
    let text = TextReport(style: TextStyle(styled: false), columns: 50).text(for: finding)
    #expect(
      text.contains(
        """
              guest: one two three four five six seven
                     eight nine ten eleven twelve
                log: Unable to handle kernel paging request
        """))
    let narrow = TextReport(style: TextStyle(styled: false), columns: 20).text(for: finding)
    #expect(narrow.contains("eleven twelve\n"))
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

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

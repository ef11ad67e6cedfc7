import Diagnostics

/// Reports that the tests of all forms share.
enum SampleReport {
  /// One of everything: a tree with a description, one without, and one that can't be read.
  static let everything = Report(
    tool: .init(
      name: "dtgen", version: "0.1.0", informationURI: "https://example.org/dtgen"),
    rules: [
      rule("dma/example", .error), rule("memory/quiet", .warning),
      rule("virtio/unseen", .error, needs: ["tree", "features"]),
    ],
    files: [
      Report.File(
        "out/guest.dtb", findings: [described, allowed],
        skipped: [.init("virtio/unseen", missing: ["features"])]),
      Report.File(
        "trees/odd name:1,2.dtb", findings: [foreign, note],
        skipped: [.init("virtio/unseen", missing: ["features"])],
        remarks: ["profile vm, because its root is compatible with linux,dummy-virt"]),
      Report.File("-"),
    ],
    unreadable: [.init("/nowhere/nothing.dtb", because: "no such file or directory")],
    waivers: [
      .init(rule: "memory/quiet", node: "/", status: .used),
      .init(rule: "memory/quiet", node: "/a*", file: "other.dtb", status: .withoutFile),
      .init(
        rule: "virtio/unseen", node: "**", status: .notJudged, because: "its rule did not run"),
    ])

  /// A finding with a line of a description.
  static let described = Finding(
    rule: "dma/example", severity: .error, message: "the pool lies outside memory",
    place: Place(
      file: "out/guest.dtb", source: SourceLocation(file: "platform.swift", line: 12, column: 7),
      node: "/reserved-memory/bounce@9f000000", property: "reg", cell: 0, element: "reg[0]",
      bytes: 0x2f4..<0x304),
    found: "0x9f000000", expected: "inside memory", consequence: "the kernel panics",
    logLine: "Unable to handle kernel paging request", help: "move it into memory",
    related: [
      .init(
        "is memory",
        at: Place(file: "out/guest.dtb", node: "/memory@40000000", bytes: 0x100..<0x110))
    ])

  /// A finding in a tree that somebody else made.
  static let foreign = Finding(
    rule: "dma/example", severity: .error, message: "the pool is not used",
    place: Place(
      file: "trees/odd name:1,2.dtb", node: "/virtio@a000000", label: "disk",
      property: "memory-region", cell: 1, element: "memory-region[1]", bytes: 64..<68,
      excerpt: Excerpt([
        .init("virtio@a000000 {"), .init("    memory-region = <0x1 0x2>;", mark: 25..<28),
        .init("};"),
      ])),
    consequence: "the kernel panics", help: "move it into memory")

  /// A finding that a policy allows.
  static let allowed = Finding(
    rule: "memory/quiet", severity: .warning, message: "it is quiet",
    place: Place(file: "out/guest.dtb", node: "/"), help: "make a noise",
    allowedBecause: "silence is golden", allowedBy: .policy)

  /// A note by nobody's rule.
  static let note = Finding(
    rule: "description/remark", severity: .note, message: "there is more", place: Place())

  /// What a report says about a rule of that name.
  static func rule(
    _ id: String, _ severity: Severity, needs: [String] = ["tree"]
  ) -> Report.RuleDescription {
    Report.RuleDescription(
      id: id, severity: severity, summary: "an example of a defect",
      rationale: "Examples are useful.", help: "leave it out", markdown: "# \(id)\n\nText.\n",
      needs: needs)
  }

  /// Text that every form has something to say to: controls, quotes, markup, commands, direction
  /// marks, a character outside the first plane, and one that XML has no spelling for.
  static let nasty =
    "\u{0}\u{1}\t\r\n::error::%0A<b a='\"'>&amp;]]>`*[x](y){0}\\ \u{1b}[31m\u{202e}\u{2028}"
    + ",\u{301}line=1:\u{301}:\u{301}%\u{301}\u{fffe}\u{1f4a3}\u{fffd}é"

  /// Every string that comes from a file is nasty, and one is long.
  static let hostile: Report = {
    let place = Place(
      file: nasty, node: "/" + nasty, label: nasty, property: nasty, cell: 0, element: nasty,
      bytes: 0..<4, excerpt: Excerpt([.init(nasty, mark: 0..<3), .init("short", mark: 2..<999)]))
    let finding = Finding(
      rule: "dma/example", severity: .error, message: nasty, place: place, found: nasty,
      expected: nasty, consequence: nasty, logLine: nasty, help: nasty,
      related: [.init(nasty, at: place), .init(nasty, at: place)], allowedBecause: nil)
    var long = finding
    long.message = String(repeating: "a", count: 1 << 17)
    long.allowedBecause = nasty
    var source = finding
    source.place.source = SourceLocation(file: nasty, line: 0, column: -1)
    return Report(
      tool: .init(name: "dtgen", version: "0.1.0"), rules: [rule("dma/example", .error)],
      files: [
        Report.File(
          nasty, findings: [finding, long, source],
          skipped: [.init("virtio/unseen", missing: [nasty])], remarks: [nasty])
      ],
      unreadable: [.init(nasty, because: nasty)],
      waivers: [
        .init(rule: "dma/example", node: nasty, file: nasty, status: .notJudged, because: nasty)
      ])
  }()
}

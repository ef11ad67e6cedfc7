/// Findings as a person reads them: the place first, as compilers print it, then the line itself,
/// what was found and expected, what the guest does, and what to do.
public struct TextReport: Sendable {
  /// Gives the text of one line of a source file, where it can be read.
  public typealias SourceLine = @Sendable (_ file: String, _ line: Int) -> String?

  let style: TextStyle
  private let columns: Int?
  private let sourceLine: SourceLine

  /// A report.
  ///
  /// - Parameters:
  ///   - style: The colours.
  ///   - columns: How many characters fit into a line, for a terminal; nil to break no line, so that
  ///     whoever searches the text finds what is in it.
  ///   - sourceLine: Gives the lines that findings point at.
  public init(
    style: TextStyle, columns: Int? = nil, sourceLine: @escaping SourceLine = { _, _ in nil }
  ) {
    self.style = style
    self.columns = columns
    self.sourceLine = sourceLine
  }

  /// A hostile tree can have a million nodes that clash; a person looks at a few.
  static let shownParties = 8
  /// How many of them are drawn.
  static let drawnParties = 2

  /// One finding, ending in a line break.
  public func text(for finding: Finding) -> String {
    text(for: finding, isExplained: true) { _ in true }
  }

  /// The place, the severity and the message of a finding, without a line break.
  func heading(of finding: Finding) -> String {
    let severity = style.colour("\(finding.severity.rawValue):", for: finding.severity)
    return
      "\(place(of: finding)) \(severity) \(style.bold(finding.message.line)) \(rule(of: finding))"
  }

  /// Where a finding is, up to the colon.
  func place(of finding: Finding) -> String { style.bold(Self.head(of: finding.place)) }

  /// The id of a finding's rule, in brackets.
  func rule(of finding: Finding) -> String { style.dim("[\(finding.rule)]") }

  /// One finding; without what holds for every finding of the rule unless it `isExplained`, and with
  /// drawings of those other parties that are to be drawn.
  func text(
    for finding: Finding, isExplained: Bool, isDrawn: (Place) -> Bool
  ) -> String {
    var lines = [heading(of: finding)]
    lines += excerpt(finding.place)
    if finding.place.source != nil, let node = Self.tail(of: finding.place) {
      lines.append(field("node", node))
    }
    if let found = finding.found { lines += fields("found", found) }
    if let expected = finding.expected { lines += fields("expected", expected) }
    for (index, related) in finding.related.prefix(Self.shownParties).enumerated() {
      var place = related.place
      // It goes without saying that the other party is in the same file.
      if place.file == finding.place.file, place.node != nil { place.file = nil }
      lines += fields("with", "\(Self.head(of: place)) \(related.message)")
      guard index < Self.drawnParties, related.place.source == nil else { continue }
      if isDrawn(related.place) { lines += drawing(related.place) }
    }
    if finding.related.count > Self.shownParties {
      lines.append(field("with", "\(finding.related.count - Self.shownParties) more"))
    }
    if let allowed = finding.allowedBecause {
      lines += fields("allowed", "because \(allowed)")
    } else if isExplained {
      if let consequence = finding.consequence { lines += fields("guest", consequence) }
      // A line of a log is searched for as it is.
      if let logLine = finding.logLine { lines.append(field("log", logLine)) }
      if let help = finding.help { lines += fields("fix", help) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// `platform.swift:12:5:`, or for a tree that has no source `guest.dtb: /node: reg[0]:`.
  private static func head(of place: Place) -> String {
    if let source = place.source { return "\(source):".line }
    var parts: [String] = []
    if let file = place.file { parts.append(file) }
    if let node = place.node { parts.append(node) }
    if let element = place.element ?? place.property { parts.append(element) }
    return parts.joined(separator: ": ").line + ":"
  }

  /// The place in the bytes, for a finding whose head is a place in the source.
  private static func tail(of place: Place) -> String? {
    guard let node = place.node else { return nil }
    var text = node
    if let element = place.element ?? place.property { text += ": \(element)" }
    if let file = place.file {
      text += " (\(file)"
      if let offset = place.byteOffset { text += ", byte 0x\(String(offset, radix: 16))" }
      text += ")"
    }
    return text
  }

  private func field(_ name: String, _ text: String) -> String {
    let padding = String(repeating: " ", count: max(0, 11 - name.utf8.count))
    return style.dim("\(padding)\(name): ") + text.line
  }

  /// A field in lines that fit.
  private func fields(_ name: String, _ text: String) -> [String] {
    let indent = 13
    guard let columns, columns >= 3 * indent else { return [field(name, text)] }
    let lines = text.line.brokenIntoLines(of: columns - indent)
    return lines.enumerated().map { index, line in
      index == 0 ? field(name, line) : String(repeating: " ", count: indent) + line
    }
  }

  /// The line of the description with a mark under the place; without one, what the tree says there.
  private func excerpt(_ place: Place) -> [String] {
    guard let source = place.source else { return drawing(place) }
    guard let line = sourceLine(source.file, source.line) else { return [] }
    let number = "\(source.line)"
    let gutter = String(repeating: " ", count: max(0, 6 - number.utf8.count)) + number
    // Columns count bytes; a tab stays a tab, so that the mark stands where the text does.
    let before = line.utf8.prefix(max(0, source.column - 1))
    let indent = String(decoding: before.map { $0 == 9 ? 9 : 32 }, as: UTF8.self)
    return [
      style.dim("\(gutter) | ") + line.line,
      style.dim("       | ") + indent + style.good("^"),
    ]
  }

  /// The part of the tree with marks under what is meant.
  private func drawing(_ place: Place) -> [String] {
    guard let excerpt = place.excerpt else { return [] }
    return excerpt.lines.flatMap { line in
      let text = style.dim("       | ") + line.text.line
      let scalars = line.text.unicodeScalars
      // Marks stand under characters as they are shown, which only plain text can promise, and the
      // dots that stand for what is left out.
      guard let mark = line.mark, !mark.isEmpty,
        scalars.allSatisfy({ " "..."~" ~= $0 || $0 == "…" })
      else { return [text] }
      let start = min(mark.lowerBound, scalars.count)
      let count = max(1, min(mark.upperBound, scalars.count) - start)
      let marks = String(repeating: "^", count: count)
      return [
        text,
        style.dim("       | ") + String(repeating: " ", count: start) + style.good(marks),
      ]
    }
  }
}

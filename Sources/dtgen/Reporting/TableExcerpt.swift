import ACPI
import Diagnostics
import GuestView
import PlatformLint

/// Draws places of tables as text: the device, the object, and the part that is meant.
struct TableExcerpt {
  private let view: TablesView
  private let member: Int

  /// Draws places in one file of the set.
  init(_ view: TablesView, member: Int) {
    self.view = view
    self.member = member
  }

  /// The findings with drawings of their places.
  func drawn(_ findings: [Finding]) -> [Finding] {
    // The text of a large table takes as long as judging it.
    guard !findings.isEmpty else { return findings }
    let numbers = view.set.tables.indices.filter { view.set.member(ofTable: $0) == member }
    let text = TableLines(view.namespace, tables: Array(numbers))
    return findings.map { finding in
      var finding = finding
      finding.place.excerpt = Self.excerpt(finding.place, text)
      let file = finding.place.file
      for index in finding.related.indices where finding.related[index].place.file == file {
        finding.related[index].place.excerpt = Self.excerpt(finding.related[index].place, text)
      }
      return finding
    }
  }

  private static func excerpt(_ place: Place, _ text: TableLines) -> Excerpt? {
    guard let numbers = text.lines(of: place), let last = numbers.last else { return nil }
    let lines = numbers.map { text.lines[$0] }
    // What all of them are indented by says nothing.
    var indent = Int.max
    for line in lines { indent = min(indent, Self.indent(of: line)) }
    var drawn: [Excerpt.Line] = []
    for (number, line) in zip(numbers, lines) {
      let shown = String(line.dropFirst(indent))
      let isMeant = number == last
      drawn.append(
        Excerpt.Line(
          shown,
          mark: isMeant ? Self.indent(of: shown)..<shown.unicodeScalars.count : nil))
    }
    return Excerpt(drawn)
  }

  private static func indent(of line: String) -> Int {
    line.utf8.prefix { $0 == 0x20 }.count
  }
}

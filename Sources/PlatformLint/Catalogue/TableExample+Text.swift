import ACPI
import Diagnostics
import GuestView

extension TableExample {
  /// The tables as ASL and fields, with `// finding` behind the lines on which `rule` finds something.
  func text(markedBy rule: any TableRule.Type) -> String {
    guard let view = try? view() else { return "" }
    let shown = view.set.tables.indices.filter { view.set.member(ofTable: $0) == 0 }
    let text = TableLines(view.namespace, tables: Array(shown))
    let findings = Linter(rules: [rule]).lint(view).findings
    // What no line is about is in the table as a whole.
    let marked = Set(findings.map { text.lines(of: $0.place)?.last ?? 0 })
    return text.lines.enumerated()
      .map { marked.contains($0.offset) ? "\($0.element)  // finding" : $0.element }
      .joined(separator: "\n")
  }
}

import ACPI
import Diagnostics
import GuestView

extension TableExample {
  /// The tables as ASL and fields, with `// finding` behind the lines on which `rule` finds something.
  func text(markedBy rule: any TableRule.Type) -> String {
    guard let view = try? view() else { return "" }
    let findings = Linter(rules: [rule]).lint(view).findings
    return Self.text(view, marking: findings.map(\.place))
  }

  /// The same, with `// finding` behind the lines of those of `places` that are in tables: `\_SB.VIO0: _CRS[1]`.
  func text(marking places: [String]) -> String {
    guard let view = try? view() else { return "" }
    let ofTables = places.filter { !$0.hasPrefix("/") }.map { text in
      let parts = text.split(separator: ": ", maxSplits: 1).map(String.init)
      let element = parts.count > 1 ? parts[1] : nil
      return Place(
        node: parts.first,
        // What is in a table without AML is in no object.
        property: text.hasPrefix("\\") ? element.map { String($0.prefix { $0 != "[" }) } : nil,
        element: element.flatMap { $0.hasSuffix("]") ? $0 : nil })
    }
    return Self.text(view, marking: ofTables)
  }

  private static func text(_ view: TablesView, marking places: [Place]) -> String {
    let shown = view.set.tables.indices.filter { view.set.member(ofTable: $0) == 0 }
    let text = TableLines(view.namespace, tables: Array(shown))
    // What no line is about is in the table as a whole.
    let marked = Set(places.map { text.lines(of: $0)?.last ?? 0 })
    return text.lines.enumerated()
      .map { marked.contains($0.offset) ? "\($0.element)  // finding" : $0.element }
      .joined(separator: "\n")
  }
}

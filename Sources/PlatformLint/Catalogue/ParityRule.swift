public import GuestView

/// A rule that holds a device tree against ACPI tables of the same machine: it stands in the same catalogue, and
/// is asked where there are both.
public protocol ParityRule: Rule {
  /// Pairs in which no rule finds anything; at least one.
  static var goodPairs: [ParityExample] { get }
  /// Pairs in which this rule alone finds something, at the places that are named; at least one.
  static var badPairs: [ParityExample] { get }
  /// Looks for the difference and reports it wherever it is.
  static func check(_ view: ParityView, _ report: inout ParityReporter)
}

extension ParityRule {
  /// It takes both.
  public static var needs: Inputs { [.tree, .tables] }
  /// No tree by itself has the defect.
  public static var good: [Example] { [] }
  /// No tree by itself has the defect.
  public static var bad: [Example] { [] }
  /// Finds nothing in a tree by itself.
  public static func check(_ view: GuestView, _ report: inout Reporter) {}
}

extension RuleCatalogue {
  /// The rules about a tree and tables of the same machine.
  public static var forParity: [any ParityRule.Type] {
    all.compactMap { $0.needs.isOfParity ? $0 as? any ParityRule.Type : nil }
  }

  /// Whether the rule with this id is one of them.
  static func isOfParity(_ id: String) -> Bool { rule(id)?.needs.isOfParity ?? false }
}

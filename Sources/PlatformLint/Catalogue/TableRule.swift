public import GuestView

/// A rule about ACPI tables: it stands in the same catalogue, and is asked of nothing else.
public protocol TableRule: Rule {
  /// Tables in which no rule finds anything; at least one.
  static var goodTables: [TableExample] { get }
  /// Tables in which this rule alone finds something, at the places that are named; at least one.
  static var badTables: [TableExample] { get }
  /// Looks for the defect and reports it wherever it is.
  static func check(_ view: TablesView, _ report: inout TableReporter)
}

extension TableRule {
  /// Tables are what it is about.
  public static var needs: Inputs { .tables }
  /// No tree has the defect.
  public static var good: [Example] { [] }
  /// No tree has the defect.
  public static var bad: [Example] { [] }
  /// Finds nothing in a tree.
  public static func check(_ view: GuestView, _ report: inout Reporter) {}
}

extension RuleCatalogue {
  /// The rules about one device tree, but for those of profiles.
  public static var forTrees: [any Rule.Type] { standard.filter { $0.needs.isOfOneTree } }

  /// The rules about device trees that can be asked where nothing is known of the guest's kernel.
  ///
  /// Those of the profiles of `targets` are among them.
  public static func forDescriptions(_ targets: [Target] = []) -> [any Rule.Type] {
    rules(for: targets).filter {
      $0.needs.isOfOneTree && !$0.needs.contains(.guestConfiguration)
    }
  }

  /// The rules about ACPI tables that can be asked where nothing is known of the guest's kernel.
  public static var forDescribedTables: [any TableRule.Type] {
    forTables.filter { !$0.needs.contains(.guestConfiguration) }
  }

  /// The rules that hold a tree against the one that was built.
  public static var forDrift: [any Rule.Type] { all.filter { $0.needs.isOfDrift } }

  /// Whether the rule with this id is one of them.
  static func isOfDrift(_ id: String) -> Bool { rule(id)?.needs.isOfDrift ?? false }

  /// The rules about ACPI tables.
  public static var forTables: [any TableRule.Type] {
    all.compactMap { $0.needs.isOfTables ? $0 as? any TableRule.Type : nil }
  }
}

public import GuestView

/// A rule about machines that share memory: it stands in the same catalogue, and is asked where several
/// machines are judged together.
public protocol PairRule: Rule {
  /// Machines in which no rule finds anything; at least one example.
  static var goodPairs: [PairExample] { get }
  /// Machines in which this rule finds something, on the marked lines; at least one example.
  static var badPairs: [PairExample] { get }
  /// Rules about a tree whose finding at the same node says less than this one's, and makes way for it.
  static var supersedes: [any Rule.Type] { get }
  /// Looks for the defect and reports it wherever it is.
  static func check(_ view: MachinesView, _ report: inout PairReporter)
}

extension PairRule {
  /// Several machines are what it is about.
  public static var needs: Inputs { .machines }
  /// No rule about one tree says the same.
  public static var supersedes: [any Rule.Type] { [] }
  /// No tree by itself has the defect.
  public static var good: [Example] { [] }
  /// No tree by itself has the defect.
  public static var bad: [Example] { [] }
  /// Finds nothing in a tree by itself.
  public static func check(_ view: GuestView, _ report: inout Reporter) {}
}

extension RuleCatalogue {
  /// The rules about machines that share memory.
  public static var forMachines: [any PairRule.Type] {
    all.compactMap {
      $0.needs.contains(.machines) ? $0 as? any PairRule.Type : nil
    }
  }
}

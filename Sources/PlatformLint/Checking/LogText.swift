public import DeviceTree

/// What the kernel logs of one finding.
public enum LogText: Sendable {
  /// The line of the rule, about the node of the finding.
  case ofRule
  /// The line of the rule, about another node.
  case about(FlattenedTree.Node)
  /// Another line, in which `<node>` and `<device>` stand for the node of the finding.
  case line(String)
  /// Nothing.
  case nothing
}

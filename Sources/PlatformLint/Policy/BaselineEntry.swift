public import Diagnostics

/// What a finding is known by from one run to the next: which rule, and where by name.
///
/// Addresses in the file and the words of the message are left out, because they move with every
/// change that has nothing to do with the finding.
public struct BaselineEntry: Sendable, Hashable, Comparable {
  /// The file, relative to whatever keeps the entry.
  public let file: String
  /// The id of the rule.
  public let rule: String
  /// The path of the node.
  public let node: String
  /// The element of the property, or the property, or nothing.
  public let element: String

  /// The entry of `finding`, which is in the file that is called `file` here.
  public init(_ finding: Finding, file: String) {
    self.init(
      file: file, rule: finding.rule, node: finding.place.node ?? "/",
      element: finding.place.element ?? finding.place.property ?? "")
  }

  init(file: String, rule: String, node: String, element: String) {
    self.file = file
    self.rule = rule
    self.node = node
    self.element = element
  }

  /// Orders by file, node, rule and element.
  public static func < (left: Self, right: Self) -> Bool {
    (left.file, left.node, left.rule, left.element)
      < (right.file, right.node, right.rule, right.element)
  }
}

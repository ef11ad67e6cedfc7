public import Diagnostics

/// An author's word that some findings are meant, with a reason: they are kept, marked, and don't
/// count.
public struct Waiver: Sendable, Hashable {
  /// The id of the rule.
  public let rule: String
  /// The paths of the nodes.
  public let node: Glob
  /// The same where names of the namespace aren't filled up, as findings have them.
  private let matched: Glob
  /// The files, relative to the policy file; nil for all.
  public let file: Glob?
  /// Why it is meant.
  public let reason: String
  /// The last day on which it holds; nil for ever.
  public let expires: CalendarDate?

  /// A waiver.
  public init(
    rule: String, node: Glob, file: Glob? = nil, reason: String, expires: CalendarDate? = nil
  ) {
    self.rule = rule
    self.node = node
    matched = Self.unpadded(node)
    self.file = file
    self.reason = reason
    self.expires = expires
  }

  /// Whether it speaks of the file of this name.
  public func applies(to file: String) -> Bool { self.file?.matches(file: file) ?? true }

  /// Whether it covers `finding`, which is in a file that it applies to.
  public func covers(_ finding: Finding) -> Bool {
    finding.rule == rule && matched.matches(finding.place.node ?? "/")
  }

  /// A path of the namespace without the `_` that fill up names: `\_SB.VR01` for `\_SB_.VR01`.
  ///
  /// **Source:** ACPI 6.5, section 5.3: a name of less than four characters is filled up with `_`.
  private static func unpadded(_ node: Glob) -> Glob {
    let path = node.description
    guard path.hasPrefix("\\") else { return node }
    let names = path.dropFirst().split(separator: ".", omittingEmptySubsequences: false)
    return Glob(
      "\\"
        + names.map { name -> String in
          guard name.utf8.count == 4, !Glob.isPattern(String(name)) else { return String(name) }
          let rest = name.reversed().drop { $0 == "_" }.reversed()
          return rest.isEmpty ? "_" : String(rest)
        }.joined(separator: "."))
  }

  /// `dma/two-pools at /virtio@*`, with the files where it names some.
  public var description: String {
    "\(rule) at \(node)" + (file.map { " in \($0)" } ?? "")
  }
}

extension Report {
  /// What became of a waiver of the policy.
  public struct Waiver: Sendable, Hashable {
    /// Whether a run could tell that a waiver is of use.
    public enum Status: String, Sendable, Hashable, CaseIterable {
      /// A finding needed it.
      case used
      /// Nothing in the files that it speaks of needs it.
      case unneeded
      /// There is no file that it speaks of.
      case withoutFile
      /// The run can't tell.
      case notJudged
    }

    /// The id of the rule.
    public var rule: String
    /// The pattern for the nodes.
    public var node: String
    /// The pattern for the files; nil for all.
    public var file: String?
    /// Whether it was of use.
    public var status: Status
    /// Why the run can't tell: lower case, no full stop; nil where it can.
    public var because: String?

    /// A waiver, and what became of it.
    public init(
      rule: String, node: String, file: String? = nil, status: Status, because: String? = nil
    ) {
      self.rule = rule
      self.node = node
      self.file = file
      self.status = status
      self.because = because
    }

    /// `dma/two-pools at /virtio@*`, with the files where it names some.
    public var description: String { "\(rule) at \(node)" + (file.map { " in \($0)" } ?? "") }
  }

  /// The waivers of which the run can't tell whether they are of use.
  public var waiversNotJudged: [Waiver] { waivers.filter { $0.status == .notJudged } }
}

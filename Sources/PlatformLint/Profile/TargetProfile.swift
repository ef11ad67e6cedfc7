import Diagnostics
public import GuestView

/// What is known of a consumer of trees: who it is, which rules it adds, and what it makes of the others.
public struct TargetProfile: Sendable {
  /// A bound that the consumer sets, beside its rules.
  public struct Limit: Sendable, Hashable {
    /// What is bounded: lower case, no full stop.
    public let what: String
    /// The bound, with its unit.
    public let value: String

    init(_ what: String, _ value: String) {
      self.what = what
      self.value = value
    }
  }

  /// What a tree has that the consumer reads, without which it has nothing to say of the tree.
  struct Mark: Sendable {
    /// What it is called, as in `/gunyah-vm-config`.
    let what: String
    /// Whether a tree has it.
    let isThere: @Sendable (GuestView) -> Bool
  }

  /// Who it is.
  public let name: TargetName
  /// What it does with a tree: lower case, no full stop.
  public let summary: String
  /// What sentences call it.
  public let title: String
  /// The version that was looked at.
  public let version: String
  /// The day on which it was looked at, as in `2026-11-26`.
  public let date: String
  /// Where the knowledge is from; at least one.
  public let sources: [Source]
  /// The bounds that it sets.
  public let limits: [Limit]
  /// The rules that matter less to it, in alphabetical order.
  public let weights: [Leniency]
  /// The kind of machine whose trees it takes; nil to go by each tree's marks.
  public let kind: Profile?
  /// The processors whose trees its rules are about, in alphabetical order; empty for all.
  ///
  /// Of trees for others none of its rules is asked. A tree that doesn't tell is held to be for one of them.
  public let architectures: [Architecture]
  /// Of which of them its rules say little: all that they judge, lower case, no full stop.
  let partly: [Architecture: String]
  /// What a tree has to have for its rules to be asked; nil for nothing.
  let mark: Mark?

  init(
    _ name: TargetName, title: String, summary: String, version: String, date: String,
    sources: [Source], limits: [Limit] = [], weights: [Leniency] = [], kind: Profile? = nil,
    architectures: [Architecture] = [], partly: [Architecture: String] = [:], mark: Mark? = nil
  ) {
    self.name = name
    self.title = title
    self.summary = summary
    self.version = version
    self.date = date
    self.sources = sources
    self.limits = limits
    self.weights = weights
    self.kind = kind
    self.architectures = architectures
    self.partly = partly
    self.mark = mark
  }

  /// The rules that it adds, by id; of Linux those of any version.
  public var rules: [any Rule.Type] {
    RuleCatalogue.all.filter { $0.profile == name }.sorted { $0.id < $1.id }
  }

  /// The processors whose trees its rules are about, as a person reads it.
  public var processors: String {
    architectures.isEmpty ? "all" : architectures.map(\.rawValue).joined(separator: ", ")
  }

  /// All of them, in alphabetical order.
  public static let all: [TargetProfile] = [
    cloudHypervisor, crosvm, firecracker, gunyah, linux, pvmfw, qemuVirt, xenDom0less,
  ]

  /// The profile of this name; every name has one.
  public static func named(_ name: TargetName) -> TargetProfile? { all.first { $0.name == name } }
}

extension [Target] {
  /// The kind of machine that all of them take; nil where they don't agree, or none says.
  var kind: Profile? {
    let kinds = Set(map { TargetProfile.named($0.name)?.kind })
    return kinds.count == 1 ? kinds.first ?? nil : nil
  }

  /// The rules that matter less to every one of them, each with the most that it weighs to any.
  var weights: [Leniency] {
    guard let first else { return [] }
    let others = dropFirst().map { TargetProfile.named($0.name)?.weights ?? [] }
    return (TargetProfile.named(first.name)?.weights ?? []).compactMap { weight in
      others.reduce(weight) { sum, other in
        guard let sum, let own = other.first(where: { $0.rule == sum.rule }) else { return nil }
        return own.severity > sum.severity ? own : sum
      }
    }
  }
}

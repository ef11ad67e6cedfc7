public import GuestView

/// A consumer that was named, and that has nothing to say of a tree.
struct IdleTarget {
  /// Who it is.
  let target: Target
  /// What the tree lacks, as in `a tree for arm64`.
  let missing: String
  /// Why it has nothing to say, after `profile crosvm says nothing of it:`.
  let because: String

  /// What is to be said of it: lower case, no full stop.
  var remark: String { "profile \(target) says nothing of it: \(because)" }

  /// Nil where `target` has something to say of the tree of `view`.
  init?(_ target: Target, for view: GuestView) {
    guard let profile = TargetProfile.named(target.name) else { return nil }
    if let architecture = view.architecture, !profile.architectures.isEmpty,
      !profile.architectures.contains(architecture)
    {
      let names = profile.architectures.map(\.rawValue).joined(separator: " or ")
      missing = "a tree for \(names)"
      because = "it is about trees for \(names), and this is one for \(architecture.rawValue)"
    } else if let mark = profile.mark, !mark.isThere(view) {
      missing = mark.what
      because = "there is no \(mark.what)"
    } else {
      return nil
    }
    self.target = target
  }
}

extension [Target] {
  /// Those that have nothing to say of the tree of `view`.
  func idle(for view: GuestView) -> [IdleTarget] { compactMap { IdleTarget($0, for: view) } }

  /// What is to be said of those that have little or nothing to say of the tree of `view`: lower case, no full stop.
  public func remarks(on view: GuestView) -> [String] {
    compactMap { target in
      if let idle = IdleTarget(target, for: view) { return idle.remark }
      guard let architecture = view.architecture,
        let judged = TargetProfile.named(target.name)?.partly[architecture]
      else { return nil }
      return "profile \(target) judges of a tree for \(architecture.rawValue) \(judged)"
    }
  }
}

extension [IdleTarget] {
  /// Whether `rule` is one that one of them adds.
  func ask(_ rule: any Rule.Type) -> Bool {
    guard !isEmpty, let profile = rule.profile else { return false }
    return contains { $0.target.name == profile }
  }
}

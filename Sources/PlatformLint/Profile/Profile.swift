/// What kind of machine a tree is held to.
///
/// A tree for a virtual machine is complete: what it doesn't say, no firmware adds. A vendor's tree
/// for a chip is filled in by the boot loader and describes every block on the die; much of what
/// would keep a guest from working is how such trees are written.
public enum Profile: String, Sendable, Hashable, Codable, CaseIterable {
  /// A virtual machine: every rule at its own severity.
  case vm
  /// A system on a chip: some rules weigh less.
  case soc
}

/// A profile, and why it was taken.
public struct ProfileChoice: Sendable, Hashable {
  /// The profile.
  public let profile: Profile
  /// The mark of the tree that decided, or that it was asked for.
  public let because: String
  /// Whether the tree suggested it, and nobody asked for it.
  public let isSuggestion: Bool

  /// A profile that a tree suggests by the mark that `because` tells.
  init(_ profile: Profile, because: String) {
    self.profile = profile
    self.because = because
    isSuggestion = true
  }

  /// A profile that somebody asked for.
  init(askedFor profile: Profile) {
    self.profile = profile
    because = "it was asked for"
    isSuggestion = false
  }
}

/// What `--profile` and the key `profile` of a policy name: a kind of machine, or a consumer.
public enum ProfileName: Sendable, Hashable {
  /// `vm` or `soc`.
  case kind(Profile)
  /// `pvmfw`, `linux-6.1`, and so on.
  case target(Target)

  /// What `text` names; nil where that is nothing.
  public init?(_ text: String) {
    if let kind = Profile(rawValue: text) {
      self = .kind(kind)
    } else if let target = Target(text), TargetProfile.named(target.name) != nil {
      self = .target(target)
    } else {
      return nil
    }
  }

  /// Every name that can be written, in order; a version of Linux stands for all.
  public static var all: [String] {
    Profile.allCases.map(\.rawValue)
      + TargetProfile.all.flatMap { profile in
        profile.name == .linux ? ["linux", "linux-6.1"] : [profile.name.rawValue]
      }
  }

  /// What is wrong with `text`, which names none, with all that there are, the nearest first: lower case, no
  /// full stop.
  public static func unknown(_ text: String) -> String {
    if text.hasPrefix("linux-"), Target(text) == nil {
      return
        "'\(text)' is no version of Linux that is known here: linux-\(Target.oldestLinux), or a later "
        + "one, with two numbers"
    }
    // A name can be as long as a command line, and the distance takes the product of both.
    let word = String(text.prefix(40))
    let lowered = word.lowercased()
    let near = all.enumerated().map { position, name in
      let edits = Spelling.edits(from: lowered.utf8.span, to: name.utf8.span, most: 100) ?? 100
      return (edits: name.contains(lowered) ? 0 : edits, position: position, name: name)
    }
    let names = near.sorted { ($0.edits, $0.position) < ($1.edits, $1.position) }.map(\.name)
    return "'\(word)' is no profile; there are \(names.joined(separator: ", "))"
  }
}

extension [Target] {
  /// What is wrong with asking for all of them: lower case, no full stop; nil where nothing is.
  public var fault: String? {
    let versions = filter { $0.name == .linux }
    guard versions.count > 1, Set(versions).count > 1 else { return nil }
    return "a guest has one kernel: \(versions.map(\.description).joined(separator: " and "))"
  }
}

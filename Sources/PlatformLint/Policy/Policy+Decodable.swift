extension Policy: Decodable {
  /// The keys of a policy.
  static let keys = ["$schema", "profile", "failOn", "severities", "waivers", "baseline"]

  /// Reads a policy, and refuses what it doesn't know: a misspelt key would silently decide nothing.
  ///
  /// - Throws: `DecodingError`, whose description says what is wrong.
  public init(from decoder: any Decoder) throws {
    let container = try StrictContainer(decoder, keys: Self.keys)
    _ = try container.optional(String.self, "$schema")
    (profile, targets) = try Self.profiles(container)
    failOn = try container.choice("failOn")
    waivers = try container.optional([Waiver].self, "waivers") ?? []
    baseline = try container.text("baseline")
    severities = [:]
    guard let settings = try container.nested("severities") else { return }
    for name in settings.keys {
      guard !RuleCatalogue.rules(named: name).isEmpty else {
        throw settings.failure(name, "there is no rule or family of that name")
      }
      severities[name] = try settings.choice(name)
    }
  }
}

extension Policy {
  /// What `profile` names: one profile, or a list.
  private static func profiles(_ container: StrictContainer) throws -> (Profile?, [Target]) {
    var names: [String]
    do {
      names = try container.text("profile").map { [$0] } ?? []
    } catch DecodingError.typeMismatch {
      names = try container.optional([String].self, "profile") ?? []
      if names.isEmpty { throw container.failure("profile", "is empty") }
    }
    var kind: Profile?
    var targets: [Target] = []
    for name in names {
      switch ProfileName(name) {
      case .kind(let named):
        if kind != nil { throw container.failure("profile", "names more than one of vm and soc") }
        kind = named
      case .target(let target): targets.append(target)
      case nil: throw container.failure("profile", ProfileName.unknown(name))
      }
    }
    if let fault = targets.fault { throw container.failure("profile", fault) }
    return (kind, targets)
  }
}

extension Waiver: Decodable {
  /// The keys of a waiver.
  static let keys = ["rule", "node", "file", "reason", "expires"]

  /// Reads a waiver.
  ///
  /// - Throws: `DecodingError`, whose description says what is wrong.
  public init(from decoder: any Decoder) throws {
    let container = try StrictContainer(decoder, keys: Self.keys)
    let rule = try container.requiredText("rule")
    guard RuleCatalogue.rule(rule) != nil else {
      throw container.failure("rule", "there is no rule '\(rule)'")
    }
    let node = try container.requiredText("node")
    guard node.hasPrefix("/") || node.hasPrefix("**") || Self.isOfTables(node, rule) else {
      let isOfTables = RuleCatalogue.rule(rule)?.needs.contains(.tables) ?? false
      throw container.failure(
        "node",
        "'\(node)' is no path: it has to start with / or **"
          + (isOfTables
            ? ", with \\ for an object of the namespace, which JSON writes \\\\, or to be the signature of a table"
            : node.hasPrefix("\\")
              ? "; what starts with \\ is an object of ACPI tables, of which '\(rule)' doesn't judge"
              : ""))
    }
    var file = try container.text("file")
    if let named = file, named.hasPrefix("/") {
      throw container.failure("file", "'\(named)' has to be relative to the policy")
    }
    while let named = file, named.hasPrefix("./") { file = String(named.dropFirst(2)) }
    let expires = try container.text("expires")
    let date = expires.flatMap(CalendarDate.init)
    if let expires, date == nil {
      throw container.failure("expires", "'\(expires)' is no date, as in 2027-01-31")
    }
    self.init(
      rule: rule, node: Glob(node), file: file.map(Glob.init),
      reason: try container.requiredText("reason"), expires: date)
  }

  /// Whether `node` is a path of the namespace, or a signature, and the rule is about tables.
  private static func isOfTables(_ node: String, _ rule: String) -> Bool {
    guard node.hasPrefix("\\") || node.first.map({ ("A"..."Z").contains($0) }) ?? false else {
      return false
    }
    return RuleCatalogue.rule(rule)?.needs.contains(.tables) ?? false
  }
}

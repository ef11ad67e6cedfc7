import ArgumentParser
import Diagnostics
import PlatformLint

/// `dtgen rules`: what is looked for.
struct Rules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract:
      "List the rules: what each finds, how much that matters, and what it has to be given.",
    discussion: """
      'dtgen explain RULE' says all that there is to know of one. Some rules are asked only where \
      --profile names who takes the tree: 'dtgen rules --profile list' lists those, 'dtgen rules --profile \
      pvmfw' what pvmfw adds, and 'dtgen explain pvmfw' all that is known of it.
      """)

  /// The forms of the list.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json
  }

  @Argument(
    help: "A family, as in 'dma'; all rules where it is left out.",
    completion: .list(RuleTable.families))
  var family: String?

  @Option(
    help: ArgumentHelp(
      "The rules that this profile adds, or 'list' for the profiles.", valueName: "profile"),
    completion: .list(["list"] + ProfileName.all))
  var profile: String?

  @Option(help: "The form of the list: text or json.")
  var format: Format = .text

  @OptionGroup var colour: ColourOptions

  func run() throws {
    try reportingFailures {
      if let profile { return try list(profile) }
      let table = RuleTable(family: family)
      guard !table.rows.isEmpty else {
        let known = RuleTable.families.joined(separator: ", ")
        throw Failure(.usage, "there is no family '\(family ?? "")' of rules; there are \(known)")
      }
      switch format {
      case .text:
        let style = StandardStream.output.style(colour.setting)
        StandardStream.output.write(table.text(style: style) + (family == nil ? table.count : ""))
      case .json:
        StandardStream.output.write(
          try JSONText.encode(RuleTable.Document(rules: table.rows)))
      }
      return .clean
    }
  }

  /// Lists the profiles, or the rules that one adds.
  private func list(_ name: String) throws(Failure) -> ExitStatus {
    guard family == nil else {
      throw Failure(
        .usage, "a family and --profile exclude each other: both say which rules are meant")
    }
    let profiles: [TargetProfile]
    var rows: [RuleTable.Row] = []
    if name == "list" {
      profiles = TargetProfile.all
    } else if case .target(let target)? = ProfileName(name),
      let profile = TargetProfile.named(target.name)
    {
      profiles = [profile]
      rows = RuleTable(target).rows
    } else if case .kind? = ProfileName(name) {
      throw Failure(.usage, "--profile: '\(name)' adds no rules, and makes some weigh less")
    } else {
      throw Failure(.usage, "--profile: \(ProfileName.unknown(name))")
    }
    switch format {
    case .text:
      let style = StandardStream.output.style(colour.setting)
      StandardStream.output.write(
        name == "list" ? ProfileTable(profiles).text : RuleTable(rows: rows).text(style: style))
    case .json:
      StandardStream.output.write(
        try name == "list"
          ? JSONText.encode(ProfileTable(profiles).document)
          : JSONText.encode(RuleTable.Document(rules: rows)))
    }
    return .clean
  }
}

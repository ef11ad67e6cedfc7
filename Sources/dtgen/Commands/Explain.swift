import ArgumentParser
import Diagnostics
import PlatformLint

/// `dtgen explain`: all that there is to know of a rule.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say what a rule is about: why, what the guest does, and what to do.",
    discussion: """
      The rule is what stands in brackets behind a finding, as in dma/pool-outside-memory. Its name \
      without the family is enough, or what dtc calls it, where only one rule is meant. A profile is explained too, as in pvmfw.
      """)

  @Argument(
    help: "The rule, or the profile.",
    completion: .list(RuleCatalogue.all.map { $0.id } + ProfileName.all))
  var rule: String

  @OptionGroup var colour: ColourOptions

  func run() throws {
    try reportingFailures {
      let style = StandardStream.output.style(colour.setting)
      if case .target(let target)? = ProfileName(rule),
        let profile = TargetProfile.named(target.name)
      {
        StandardStream.output.write(ProfileManual(style: style).text(for: profile))
        return .clean
      }
      guard let found = RuleSearch.rule(rule) else { throw Self.unknown(rule) }
      StandardStream.output.write(RuleManual(style: style).text(for: found))
      return .clean
    }
  }

  /// The failure for a rule that isn't there, with those that may have been meant.
  static func unknown(_ text: String) -> Failure {
    if RuleTable.families.contains(text) {
      return Failure(
        .usage, "'\(text)' is a family of rules; 'dtgen rules \(text)' lists what is in it")
    }
    let near = RuleSearch.suggestions(for: text)
    let hint =
      near.isEmpty
      ? "'dtgen rules' lists them all" : "did you mean \(near.joined(separator: " or "))?"
    return Failure(.usage, "there is no rule '\(text)'; \(hint)")
  }
}

import ArgumentParser
import Diagnostics

/// `dtgen rules`: what is looked for.
struct Rules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract:
      "List the rules: what each finds, how much that matters, and what it has to be given.",
    discussion: "'dtgen explain RULE' says all that there is to know of one.")

  /// The forms of the list.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json
  }

  @Argument(
    help: "A family, as in 'dma'; all rules where it is left out.",
    completion: .list(RuleTable.families))
  var family: String?

  @Option(help: "The form of the list: text or json.")
  var format: Format = .text

  @OptionGroup var colour: ColourOptions

  func run() throws {
    try reportingFailures {
      let table = RuleTable(family: family)
      guard !table.rows.isEmpty else {
        let known = RuleTable.families.joined(separator: ", ")
        throw Failure(.usage, "there is no family '\(family ?? "")' of rules; there are \(known)")
      }
      switch format {
      case .text:
        let style = StandardStream.output.style(colour.setting)
        StandardStream.output.write(table.text(style: style))
      case .json:
        StandardStream.output.write(
          try JSONText.encode(RuleTable.Document(rules: table.rows)))
      }
      return .clean
    }
  }
}

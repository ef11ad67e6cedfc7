import ArgumentParser

/// `dtgen-dev new-rule`: the file of a rule, and its line in the catalogue.
struct NewRule: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new-rule",
    abstract: "Start a rule: its file, and its line in the catalogue.",
    discussion: """
      Write the bad example first and watch its test fail, then the check, then the sentence that a \
      stranger would understand. The name is that of the defect, and reads well behind "allow": \
      dma/pool-outside-memory.
      """)

  @Argument(help: "The id: a family, a slash, and words joined by hyphens.")
  var id: String

  func run() throws {
    for path in try RuleSources().add(RuleName(id)) { print(path) }
    Terminal.note("next: its bad example, then 'swift test --filter PlatformLintTests'")
  }
}

import ArgumentParser

/// The contributor's helper.
@main
struct DTGenDev: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dtgen-dev",
    abstract: "What it takes to work on dtgen.",
    discussion: """
      A new rule, in one sitting:

        dtgen-dev new-rule dma/pool-in-two-places   write its file and its line in the catalogue
        dtgen-dev bless                             record what its page now says, and look at it
        dtgen-dev check                             everything that has to pass
      """,
    subcommands: [
      Check.self, NewRule.self, Bless.self, Bench.self, LintCorpus.self, ImportCorpus.self,
      Boot.self, BootDemo.self, BootSweep.self, Read.self, LibraryCall.self, Write.self,
      Tables.self,
      WriteTable.self, ReadTable.self,
    ])
}

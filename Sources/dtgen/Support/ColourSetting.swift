import ArgumentParser

/// When text has colours.
enum ColourSetting: String, CaseIterable, ExpressibleByArgument {
  /// On a terminal, unless `NO_COLOR` is set.
  case auto
  case always
  case never
}

/// `--color`, alike for every command that prints text.
struct ColourOptions: ParsableArguments {
  @Option(
    name: .customLong("color"),
    help: ArgumentHelp(
      "Whether text has colours; auto is on a terminal, unless NO_COLOR is set.",
      valueName: "when"))
  var setting: ColourSetting = .auto
}

import ArgumentParser
import DeviceTree

/// What is read at the most: a tree may come from anybody.
struct LimitOptions: ParsableArguments {
  @Option(
    name: .customLong("max-size"),
    help: ArgumentHelp("The largest file that is read, in MiB.", valueName: "MiB"))
  var size = 64

  @Option(
    name: .customLong("max-depth"),
    help: ArgumentHelp("The deepest nesting of nodes; Linux reads 64.", valueName: "levels"))
  var depth = 64

  @Option(
    name: .customLong("max-nodes"),
    help: ArgumentHelp("The most nodes of a tree.", valueName: "nodes"))
  var nodes = 1_000_000

  @Option(
    name: .customLong("max-time"),
    help: ArgumentHelp(
      """
      The most time that judging may take, all files together; 0 for any. What isn't judged by then \
      is reported as that.
      """, valueName: "seconds"))
  var time = LintLimits.standard.seconds

  func validate() throws {
    guard (1...2048).contains(size) else {
      throw ValidationError("--max-size takes 1 to 2048 MiB.")
    }
    guard (1...4096).contains(depth) else {
      throw ValidationError("--max-depth takes 1 to 4096 levels.")
    }
    guard (1...100_000_000).contains(nodes) else {
      throw ValidationError("--max-nodes takes 1 to 100000000 nodes.")
    }
    guard (0...86_400).contains(time) else {
      throw ValidationError("--max-time takes 0 to 86400 seconds.")
    }
  }

  /// The same, as the reader takes it.
  var limits: LintLimits {
    LintLimits(
      tree: Limits(maximumSize: size << 20, maximumDepth: depth, maximumNodes: nodes),
      seconds: time)
  }
}

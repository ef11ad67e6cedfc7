import ACPI
import ArgumentParser
import DeviceTree

/// What is read at the most: a tree, and tables, may come from anybody.
struct LimitOptions: ParsableArguments {
  @Option(
    name: .customLong("max-size"),
    help: ArgumentHelp(
      "The largest file that is read, in MiB: 64 unless said otherwise, and of AML 8.",
      valueName: "MiB"))
  var size: Int?

  @Option(
    name: .customLong("max-depth"),
    help: ArgumentHelp(
      """
      The deepest nesting of nodes: 64 unless said otherwise, as Linux reads. Of terms of AML 128, and never more than \
      256.
      """, valueName: "levels"))
  var depth: Int?

  @Option(
    name: .customLong("max-nodes"),
    help: ArgumentHelp(
      """
      The most nodes of a tree: 1000000 unless said otherwise; of names in ACPI tables 100000, and twenty terms for each.
      """, valueName: "nodes"))
  var nodes: Int?

  @Option(
    name: .customLong("max-time"),
    help: ArgumentHelp(
      """
      The most time that judging may take, all files together; 0 for any. What isn't judged by then \
      is reported as that.
      """, valueName: "seconds"))
  var time = LintLimits.standard.seconds

  func validate() throws {
    guard (1...2048).contains(size ?? 1) else {
      throw ValidationError("--max-size takes 1 to 2048 MiB.")
    }
    guard (1...4096).contains(depth ?? 1) else {
      throw ValidationError("--max-depth takes 1 to 4096 levels.")
    }
    guard (1...100_000_000).contains(nodes ?? 1) else {
      throw ValidationError("--max-nodes takes 1 to 100000000 nodes.")
    }
    guard (0...86_400).contains(time) else {
      throw ValidationError("--max-time takes 0 to 86400 seconds.")
    }
  }

  /// The same, as the reader takes it.
  var limits: LintLimits {
    var limits = LintLimits(seconds: time)
    if let size {
      limits.tree.maximumSize = size << 20
      limits.tables.maximumSize = size << 20
      limits.tables.maximumAMLSize = size << 20
    }
    if let depth {
      limits.tree.maximumDepth = depth
      limits.tables.maximumDepth = min(depth, ACPILimits.deepest)
    }
    if let nodes {
      limits.tree.maximumNodes = nodes
      limits.tables.maximumObjects = nodes
      limits.tables.maximumTerms = 20 * nodes
      limits.tables.maximumResources = nodes
    }
    return limits
  }
}

import ArgumentParser
import Foundation

/// `dtgen-dev bench`: how fast we are, next to the tools that do the same.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure dtgen and its peers in turns, and print a table.",
    discussion: """
      Nothing fails because it is slow: a shared machine would decide. The ratios hold on other \
      machines, where the times don't. `make bench` builds what is \
      needed, and fetches the trees to be read.
      """)

  @Flag(help: "Fewer runs: a rough answer in a few seconds.")
  var quick = false

  @Flag(help: "How the table is printed.")
  var format = Format.text

  @Option(
    help:
      """
      Only the measurements whose names begin like this: build, lint, check, import, write, read, \
      acpi, gate.
      """
  )
  var only: String?

  /// How the table is printed.
  enum Format: String, EnumerableFlag {
    case text, markdown, json
  }

  func validate() throws {
    let names = Self.measurements.map(\.name)
    if let only, !names.contains(where: { $0.hasPrefix(only) }) {
      throw ValidationError(
        "there is nothing like '\(only)': only \(names.joined(separator: ", "))")
    }
  }

  func run() throws {
    let workshop = try Workshop(isQuick: quick)
    Terminal.note("measuring")
    var rows: [Row] = []
    for (name, measure) in Self.measurements where name.hasPrefix(only ?? "") {
      rows += try measure(workshop)
    }
    let table = Table(machine: Machine(), rows: rows)
    switch format {
    case .text: print(table.text, terminator: "")
    case .markdown: print(table.markdown, terminator: "")
    case .json:
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      print(String(decoding: try encoder.encode(table), as: UTF8.self))
    }
  }

  private static var measurements: [(name: String, measure: (Workshop) throws -> [Row])] {
    [
      ("build", BuildRows.measure), ("lint", LintRows.measure),
      ("check", CheckRows.measure), ("import", ImportRows.measure), ("write", WriteRows.measure),
      ("read", ReadRows.measure), ("acpi", ACPIRows.measure), ("gate", GateRows.measure),
    ]
  }
}

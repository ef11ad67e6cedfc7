import ACPI
import ArgumentParser
import DTGenTestSupport
import Foundation

/// `dtgen-dev write-table`: the part of `bench` that writes AML, in a process of its own.
struct WriteTable: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write an SSDT of many devices, and print how long that took.", shouldDisplay: false)

  @Argument(help: "The number of devices.")
  var count: Int

  @Option(help: "Where the table's ASL goes; nothing is measured then.")
  var source: String?

  @Option(help: "Where the table goes; nothing is measured then.")
  var table: String?

  func run() throws {
    if let source {
      let text = VirtioTable.prp0001(count: count).sourceText
      return try text.write(toFile: source, atomically: false, encoding: .utf8)
    }
    if let table {
      return try Data(VirtioTable.prp0001(count: count).bytes())
        .write(to: URL(fileURLWithPath: table))
    }
    let started = (wall: Clock.nanoseconds(), processor: Clock.processorNanoseconds())
    // With the terms, which are made for nothing else.
    let bytes = try VirtioTable.prp0001(count: count).bytes()
    let wall = Clock.nanoseconds() - started.wall
    let processor = Clock.processorNanoseconds() - started.processor
    withExtendedLifetime(bytes) { print(wall, processor) }
  }
}

import ACPI
import ArgumentParser

/// `dtgen-dev read-table`: the part of `bench` that reads AML, in a process of its own.
struct ReadTable: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Read a table, and print how many devices it has.", shouldDisplay: false)

  @Argument(help: "The table.")
  var file: String

  func run() throws {
    let namespace = try Namespace(file: Read.bytes(of: file))
    print(namespace.devices.count)
  }
}

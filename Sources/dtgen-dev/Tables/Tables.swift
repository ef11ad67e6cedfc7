import ACPI
import ArgumentParser
import DTGenTestSupport
import Foundation

/// `dtgen-dev tables`: what the fuzzer starts from.
struct Tables: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the ACPI tables of QEMU's machines, and of the tests, into a directory.")

  @Argument(help: "The directory, which is made.")
  var directory: String

  /// What the fuzzer reads many times in a second.
  private static let mostBytes = 8192

  func run() throws {
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true)
    var tables: [[UInt8]] = []
    for block in [
      SampleTerms.objects, SampleTerms.statements, VirtioTable.prp0001(count: 4),
      .ssdt(
        "RESOURCE",
        SampleDescriptors.all.enumerated().map { index, descriptor in
          let name = NamePath(NameSegment(stringLiteral: "R" + String(index)))
          return .name(name, .resources([descriptor]))
        }),
    ] {
      tables.append(try block.bytes())
    }
    for machine in QEMUTables.all {
      Terminal.note("\(machine)")
      tables += try machine.tables()
    }
    // The same table of several machines is one to start from; a DSDT of 200 devices slows every run, and has
    // nothing that smaller ones have not.
    let seeds = Set(tables.filter { $0.count <= Self.mostBytes })
    for (index, table) in seeds.sorted(by: { $0.lexicographicallyPrecedes($1) }).enumerated() {
      try Data(table).write(to: URL(fileURLWithPath: "\(directory)/\(index).aml"))
    }
  }
}

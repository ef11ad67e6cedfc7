import ACPI
import ArgumentParser
import DTGenTestSupport
import Foundation
import PlatformDescription
import PlatformLowering

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

  @Flag(help: "Write the table as dtgen build --compact does.")
  var compact = false

  func run() throws {
    if compact, let table {
      return try Data(compactTable()).write(to: URL(fileURLWithPath: table))
    }
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

  /// What a description of the same devices becomes.
  private func compactTable() throws -> [UInt8] {
    let platform = Platform("bench") {
      VirtualMachine("guest", architecture: .x86_64) {
        for number in 0..<count {
          VirtioMMIO(
            .block, at: 0x0a00_0000 + number * 0x200,
            interrupt: .gsi(48 + number, .edgeRising), acpi: .prp0001)
        }
      }
    }
    let lowering = Lowering(platform, tables: TableOptions(isCompact: true))
    guard let ssdt = lowering.tables.first?.tables.first else {
      throw Failure(lowering.mistakes.first?.message ?? "nothing became a table")
    }
    return try ssdt.bytes()
  }
}

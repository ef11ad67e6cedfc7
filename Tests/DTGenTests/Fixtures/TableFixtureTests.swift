import ACPI
import DTGenTestSupport
import Foundation
import Testing

@Suite("the tables of fixtures/", .requiresDistribution)
struct TableFixtureTests {
  private static func hasAML(_ name: String) -> Bool {
    name.hasSuffix("-ssdt.aml") || name.hasSuffix("-dsdt.aml")
  }

  @Test(
    "are what iasl makes of their text, without a word of it", .requires(.iasl),
    arguments: BuiltFixture.withTables)
  func text(name: String) throws {
    let built = try BuiltFixture(name)
    let tables = try built.tables().filter { Self.hasAML($0.name) }
    #expect(!tables.isEmpty)
    for table in tables {
      let text = try built.text(table.name.replacingOccurrences(of: ".aml", with: ".asl"))
      let compiled = try IASL.compile(text, options: ["-on", "-of"])
      #expect(compiled.warnings == "", "\(table.name)")
      // Who made it stands in the header, and the checksum with it.
      #expect(compiled.bytes.count == table.bytes.count, "\(table.name)")
      #expect(compiled.bytes.dropFirst(36) == table.bytes.dropFirst(36), "\(table.name)")
    }
  }

  @Test(
    "are taken apart by iasl without a complaint", .requires(.iasl),
    arguments: BuiltFixture.withTables)
  func disassembled(name: String) throws {
    let tables = try BuiltFixture(name).tables()
    #expect(!tables.isEmpty)
    for table in tables {
      let (source, warnings) = try IASL.disassemble([table.bytes])
      #expect(warnings == "", "\(table.name)")
      #expect(!source.contains("Invalid"), "\(table.name)")
      #expect(table.bytes.reduce(0, &+) == 0, "\(table.name)")
    }
  }

  @Test(
    "are loaded by acpiexec, with every device in its namespace", .requires(.acpiexec),
    arguments: BuiltFixture.withTables)
  func loaded(name: String) throws {
    let built = try BuiltFixture(name)
    for table in try built.tables() where Self.hasAML(table.name) {
      let text = try built.text(table.name.replacingOccurrences(of: ".aml", with: ".asl"))
      let count = text.components(separatedBy: "Device (").count - 1
      let result = try ACPIExec.run(["evaluate \\_SB.D000._UID"], on: [table.bytes])
      #expect(result.complaints == "", "\(table.name)")
      #expect(result.text.contains("Objects with   \(count) Devices"), "\(table.name)")
      #expect(result.text.contains("[Integer] = 0000000000000000"), "\(table.name)")
    }
  }

  /// What `dtgen build --format json` says of a device.
  private struct Device: Decodable {
    struct Range: Decodable {
      var firstAddress: UInt64
      var size: UInt64
    }
    var path: String
    var hardwareID: String
    var memory: [Range]
    var interrupts: [UInt32]
  }

  private struct Report: Decodable {
    struct Tables: Decodable {
      var virtualMachine: String
      var devices: [Device]
    }
    var tables: [Tables]
  }

  @Test(
    "have for acpiexec the ids, the resources and the properties that the report says",
    .requires(.acpiexec), arguments: BuiltFixture.withTables)
  func values(name: String) throws {
    let scratch = try ScratchDirectory()
    let source = Repository.fixtures + "/platforms/\(name)/platform.swift"
    let result = try Command.run(
      ["build", source, "-o", "out", "--emit", "aml", "--format", "json"], in: scratch)
    let report = try JSONDecoder().decode(Report.self, from: Data(result.text.utf8))
    #expect(!report.tables.isEmpty)
    for machine in report.tables {
      let file = ["ssdt", "dsdt"].lazy.compactMap {
        scratch.read("out/\(machine.virtualMachine)-\($0).aml")
      }.first
      let table = try #require(file)
      for device in machine.devices { try check(device, in: table) }
    }
  }

  private func check(_ device: Device, in table: [UInt8]) throws {
    let commands = ["evaluate \(device.path)._HID", "evaluate \(device.path)._UID"]
    let identity = try ACPIExec.run(commands, on: [table])
    #expect(identity.complaints == "", "\(device.path)")
    // An id is text, or the integer that it is compressed to.
    let compressed = (try? EISAID(device.hardwareID)).map { Self.digits(UInt64($0.value), 16) }
    #expect(
      identity.text.contains("\"\(device.hardwareID)\"")
        || identity.text.contains("[Integer] = \(compressed ?? "no EISA id")"), "\(device.path)")
    #expect(identity.text.components(separatedBy: "Evaluation of").count == 3, "\(device.path)")
    if device.hardwareID == "PRP0001" {
      let properties = try ACPIExec.run(["evaluate \(device.path)._DSD"], on: [table])
      #expect(properties.complaints == "", "\(device.path)")
      #expect(properties.text.contains("\"compatible\""), "\(device.path)")
    }
    if device.memory.isEmpty, device.interrupts.isEmpty { return }
    let resources = try ACPIExec.run(["resources \(device.path)"], on: [table])
    #expect(resources.complaints == "", "\(device.path)")
    for range in device.memory {
      // 32 bits where they are enough; the bridge of a bus counts as the bus does.
      let isNarrow = range.firstAddress + (range.size - 1) <= UInt64(UInt32.max)
      let place = Self.digits(range.firstAddress, isNarrow ? 8 : 16)
      let size = Self.digits(range.size, isNarrow ? 8 : 16)
      if device.hardwareID != "PNP0A08" {
        #expect(resources.text.contains(": \(place)\n"), "\(device.path) has nothing at \(place)")
      }
      #expect(resources.text.contains("Length : \(size)\n"), "\(device.path) has no \(size) bytes")
    }
    for interrupt in device.interrupts {
      let number = Self.digits(UInt64(interrupt), 8)
      #expect(resources.text.contains(" : \(number)\n"), "\(device.path) has no GSI \(interrupt)")
    }
  }

  private static func digits(_ value: UInt64, _ count: Int) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, count - digits.utf8.count)) + digits
  }
}

import DTGenTestSupport
import DeviceTree
import Foundation

/// A description of `fixtures/platforms`, built by the distribution in a directory of its own.
struct BuiltFixture {
  /// The names of all fixtures, in order.
  static let names: [String] =
    (try? FileManager.default.contentsOfDirectory(atPath: Repository.fixtures + "/platforms"))?
    .sorted() ?? []
  /// Those whose guests have ACPI tables in place of a tree.
  static let withTables = names.filter { $0.hasPrefix("acpi-") || $0 == "x86_64" }
  /// Those whose guests their VMMs describe.
  static let withOffers = names.filter { ["power-secure", "s390-protected"].contains($0) }
  /// Those whose guests have trees.
  static let withTrees = names.filter { !withTables.contains($0) && !withOffers.contains($0) }

  /// What is emitted of a fixture beside its trees or tables.
  static func more(of name: String) -> String { name.hasPrefix("xen-") ? ",xen" : "" }

  /// What is emitted of it.
  let kinds: String
  let scratch: ScratchDirectory
  let result: Tool.Result

  /// Builds the fixture `name`.
  init(_ name: String) throws {
    scratch = try ScratchDirectory()
    try FileManager.default.copyItem(
      atPath: Repository.fixtures + "/platforms/\(name)/platform.swift",
      toPath: scratch.path + "/platform.swift")
    kinds =
      Self.withTables.contains(name)
      ? "aml,asl,json"
      : Self.withOffers.contains(name) ? "features,json" : "dtb,dts,json" + Self.more(of: name)
    result = try Command.run(
      ["build", "platform.swift", "-o", "out", "--emit", kinds], in: scratch)
  }

  /// The emitted files, by name, in order.
  var files: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: scratch.path + "/out"))?.sorted() ?? []
  }

  /// The emitted trees, by the name of their file.
  func trees() throws -> [(name: String, bytes: [UInt8])] { try files(ending: ".dtb") }

  /// The emitted tables, by the name of their file.
  func tables() throws -> [(name: String, bytes: [UInt8])] { try files(ending: ".aml") }

  private func files(ending: String) throws -> [(name: String, bytes: [UInt8])] {
    try files.filter { $0.hasSuffix(ending) }.map { name in
      (name, [UInt8](try Data(contentsOf: URL(fileURLWithPath: scratch.path + "/out/" + name))))
    }
  }

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: scratch.path + "/out/" + name, encoding: .utf8)
  }
}

/// The command of the distribution, with a cache of its own and no terminal.
enum Command {
  static func run(
    _ arguments: [String], in scratch: ScratchDirectory, input: [UInt8] = []
  ) throws -> Tool.Result {
    try Distribution.command().run(
      arguments, input: input, directory: scratch.path,
      environment: [
        "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "",
        "XDG_CACHE_HOME": scratch.path + "/cache", "TMPDIR": scratch.path,
      ])
  }
}

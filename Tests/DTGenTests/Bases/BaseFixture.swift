import DTGenTestSupport
import DeviceTree
import Foundation

/// A description of `fixtures/bases` and the base that stands beside it, compiled, in a directory of
/// its own.
struct BaseFixture {
  let scratch: ScratchDirectory
  let directory: String

  /// Compiles the base of the fixture `name`; with labels where `symbols` says so.
  init(_ name: String, symbols: Bool = false) throws {
    scratch = try ScratchDirectory()
    directory = "fixtures/bases/" + name
    let source = Repository.root + "/" + directory
    try FileManager.default.copyItem(
      atPath: source + "/platform.swift", toPath: scratch.path + "/platform.swift")
    if let base = try? String(contentsOfFile: source + "/base.dts", encoding: .utf8) {
      try scratch.write(
        DTC.compile(base, options: symbols ? ["-@"] : []).bytes, to: "base.dtb")
    }
  }

  func run(_ arguments: String...) throws -> Tool.Result {
    try Command.run(arguments, in: scratch)
  }

  func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: scratch.path + "/" + name)))
  }
}

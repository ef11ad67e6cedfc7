import DTGenTestSupport
import Foundation
import Testing

@testable import dtgen

/// A directory to lint in: one tree in which two regions overlap, and one in which nothing is wrong.
///
/// `trees/board.dtb`, `trees/sub/clean.dtb` and `trees/notes.txt`; `empty` has nothing in it.
struct TreeDirectory {
  static let board = source(
    """
    reserved-memory {
      #address-cells = <2>; #size-cells = <2>; ranges;
      a@5f000000 { reg = <0 0x5f000000 0 0x200000>; };
      b@5f100000 { reg = <0 0x5f100000 0 0x200000>; };
    };
    """)
  static let clean = source("")

  /// The source of a tree that has memory, and `nodes`.
  static func source(_ nodes: String) -> String {
    """
    /dts-v1/;
    / {
      #address-cells = <2>; #size-cells = <2>;
      compatible = "vendor,board", "vendor,chip";
      memory@40000000 { device_type = "memory"; reg = <0 0x40000000 0 0x40000000>; };
      \(nodes)
    };
    """
  }

  let scratch: ScratchDirectory

  init() throws {
    scratch = try ScratchDirectory()
    for directory in ["trees", "trees/sub", "empty"] { try make(directory) }
    try write(Self.board, to: "trees/board.dtb")
    try write(Self.clean, to: "trees/sub/clean.dtb")
    try scratch.write([1, 2, 3], to: "trees/notes.txt")
  }

  func make(_ directory: String) throws {
    try FileManager.default.createDirectory(
      atPath: scratch.path + "/" + directory, withIntermediateDirectories: true)
  }

  /// Writes the tree of `source`.
  func write(_ source: String, to name: String) throws {
    try scratch.write(DTC.compile(source).bytes, to: name)
  }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: scratch.path + "/" + name)
  }

  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path + "/" + name, withDestinationPath: target)
  }

  func policy(_ text: String, _ name: String = ".dtgen.json") throws {
    try scratch.write(Array(text.utf8), to: name)
  }

  func lint(_ arguments: String...) throws -> Tool.Result {
    try Command.run(["lint"] + arguments, in: scratch)
  }

  func baseline(_ arguments: String...) throws -> Tool.Result {
    try Command.run(["baseline"] + arguments, in: scratch)
  }

  /// Runs a line of the shell, for what no other argument can say; `dtgen` is the command.
  func shell(_ line: String) throws -> Tool.Result {
    let start = "dtgen() { '\(Distribution.path)/bin/dtgen' \"$@\"; }; "
    return try Tool("bash", package: "bash").run(["-c", start + line], directory: scratch.path)
  }

  /// The names of the files that a report in JSON has judged, in its order.
  func judged(_ arguments: String...) throws -> [String] {
    let result = try Command.run(["lint", "--format", "json"] + arguments, in: scratch)
    let files = try Self.document(result)["files"] as? [[String: Any]] ?? []
    return files.compactMap { $0["file"] as? String }
  }

  static func document(_ result: Tool.Result) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(result.output)) as? [String: Any] ?? [:]
  }
}

import DTGenTestSupport
import Foundation
import Testing

@testable import dtgen

@Suite("the libraries that an object asks for")
struct AutolinkEntriesTests {
  private static let extract = Tool("swift-autolink-extract", package: "swift")
  private static let compiler = Tool("swiftc", package: "swift")

  /// The object of a file that imports Foundation.
  private func object(_ scratch: ScratchDirectory) throws -> String {
    let source = try scratch.write(Array("import Foundation\nlet x = Data()\n".utf8), to: "a.swift")
    let path = scratch.path + "/a.o"
    let result = try Self.compiler.run(["-parse-as-library", "-c", source, "-o", path])
    try #require(result.status == 0, "\(result.errors)")
    return path
  }

  @Test("are those that swift-autolink-extract finds", .requires(extract))
  func oracle() throws {
    let scratch = try ScratchDirectory()
    let path = try object(scratch)
    let output = scratch.path + "/a.autolink"
    let result = try Self.extract.run([path, "-o", output])
    try #require(result.status == 0, "\(result.errors)")
    let expected = try String(contentsOfFile: output, encoding: .utf8)
      .split(separator: "\n").map(String.init)
    let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
    let entries = AutolinkEntries.entries(in: bytes)
    #expect(entries.contains("-lFoundation"))
    #expect(Set(entries) == Set(expected))
  }

  @Test("are none in a file that was cut short or damaged, and never a trap")
  func damaged() throws {
    let scratch = try ScratchDirectory()
    let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: object(scratch))))
    for count in stride(from: 0, to: bytes.count, by: 7) {
      _ = AutolinkEntries.entries(in: Array(bytes.prefix(count)))
    }
    for index in 0..<64 {
      for value: UInt8 in [0x00, 0x01, 0x7f, 0x80, 0xff] {
        var damaged = bytes
        damaged[index] = value
        _ = AutolinkEntries.entries(in: damaged)
      }
    }
    #expect(AutolinkEntries.entries(in: Array(bytes.prefix(63))) == [])
    #expect(AutolinkEntries.entries(in: []) == [])
  }
}

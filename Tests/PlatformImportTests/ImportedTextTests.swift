import DTGenTestSupport
import DeviceTree
import Foundation
import PlatformImport
import Testing

/// What comes out, to be looked at: `fixtures/imports/NAME/tree.dts` and what it is imported as.
@Suite("the descriptions of fixtures/imports", .requires(.dtc))
struct ImportedTextTests {
  static let names: [String] =
    (try? FileManager.default.contentsOfDirectory(atPath: Repository.fixtures + "/imports"))?
    .sorted() ?? []

  @Test("read as they read when somebody looked at them", arguments: names)
  func goldens(name: String) throws {
    let directory = Repository.fixtures + "/imports/\(name)"
    let source = try String(contentsOfFile: directory + "/tree.dts", encoding: .utf8)
    let trip = try RoundTrip(source, options: ImportOptions(name: name, origin: "tree.dtb"))
    #expect(trip.differences == [])
    Golden.expect(trip.imported.source, matches: "fixtures/imports/\(name)/platform.swift")
  }

  @Test("are some")
  func some() { #expect(Self.names.count > 3) }
}

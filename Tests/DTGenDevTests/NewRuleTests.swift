import DTGenTestSupport
import Foundation
import Testing

@testable import dtgen_dev

@Suite("A new rule")
struct NewRuleTests {
  /// A copy of the sources of the rules, to be added to.
  private struct Copy {
    let scratch: ScratchDirectory
    var directory: String { scratch.path + "/Sources/PlatformLint" }
    var rules: RuleSources { RuleSources(root: scratch.path) }
    var files: [String] {
      get throws {
        try FileManager.default.subpathsOfDirectory(atPath: directory)
          .filter { $0.hasSuffix(".swift") }.sorted()
      }
    }

    init() throws {
      scratch = try ScratchDirectory()
      try FileManager.default.createDirectory(
        atPath: scratch.path + "/Sources", withIntermediateDirectories: true)
      try FileManager.default.copyItem(
        atPath: Repository.root + "/Sources/PlatformLint", toPath: directory)
    }

    func read(_ file: String) throws -> String {
      try String(contentsOfFile: directory + "/" + file, encoding: .utf8)
    }

    var catalogue: [String] {
      get throws {
        try read("Catalogue/RuleCatalogue.swift").split(separator: "\n").map(String.init)
      }
    }
  }

  @Test(
    "is one file and one line, where the alphabet has it",
    arguments: [
      ("dma/a-first-one", "dma/AFirstOne"), ("dma/pool-nowhere", "dma/PoolNowhere"),
      ("iommu/zeroth-one", "iommu/ZerothOne"),
    ])
  func isAdded(_ id: String, _ file: String) throws {
    let copy = try Copy()
    let files = try copy.files
    let lines = try copy.catalogue
    _ = try copy.rules.add(RuleName(id))
    #expect(try copy.files == (files + ["Rules/\(file).swift"]).sorted())
    let type = try #require(file.split(separator: "/").last)
    let new = try copy.catalogue
    #expect(new.filter { $0 != "    \(type).self," } == lines)
    let types = new.filter { $0.hasSuffix(".self,") }
    #expect(types.count == lines.count { $0.hasSuffix(".self,") } + 1)
    #expect(types == types.sorted())
    #expect(try copy.read("Rules/\(file).swift").contains("static let id = \"\(id)\""))
  }

  @Test("is refused where the id or the name is taken, and nothing is written")
  func isTaken() throws {
    let copy = try Copy()
    _ = try copy.rules.add(RuleName("dma/pool-nowhere"))
    let catalogue = try copy.catalogue
    #expect(throws: Failure.self) { try copy.rules.add(RuleName("dma/pool-nowhere")) }
    // Another family, but the same type.
    #expect(throws: Failure.self) { try copy.rules.add(RuleName("pci/pool-nowhere")) }
    #expect(try copy.catalogue == catalogue)
    #expect(!(try copy.files.contains("Rules/pci/PoolNowhere.swift")))
  }

  private static let modules = Repository.root + "/.build/debug/Modules"

  @Test(
    "compiles, and is formatted",
    .enabled(if: FileManager.default.fileExists(atPath: modules), "the build is elsewhere"))
  func compiles() throws {
    let copy = try Copy()
    _ = try copy.rules.add(RuleName("iommu/dma-behind-nothing"))
    let sources = try copy.files.map { copy.directory + "/" + $0 }
    let features = ["ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility"]
    let result = try Tool.swiftc.run(
      [
        "-typecheck", "-swift-version", "6", "-parse-as-library", "-strict-memory-safety",
        "-warnings-as-errors", "-module-name", "PlatformLint", "-I", Self.modules,
        "-Xcc", "-fmodule-map-file=\(Repository.root)/Sources/CLibFDT/module.modulemap",
      ] + features.flatMap { ["-enable-upcoming-feature", $0] } + sources)
    #expect(result.status == 0, "\(result.errors)")

    let format = try Tool("swift", package: "Swift").run([
      "format", "lint", "--strict", "--configuration", Repository.root + "/.swift-format",
      copy.directory + "/Rules/iommu/DMABehindNothing.swift",
    ])
    #expect(format.status == 0, "\(format.errors)")
  }
}

import DTGenTestSupport
import Foundation
import PlatformDescription
import Testing

@testable import dtgen

@Suite("a description", .requiresDistribution)
struct ManifestLoaderTests {
  private func name(in manifest: LoadedManifest) throws -> String {
    try Platform(packed: manifest.model).name
  }

  @Test("evaluates to its model, and leaves nothing behind")
  func evaluates() throws {
    let bench = try Bench()
    let manifest = try bench.loader.load([try bench.write(Description.plain)])
    #expect(try name(in: manifest) == "plain")
    #expect(manifest.standardOutput == [])
    #expect(manifest.warnings == "")
    #expect(!manifest.cached)
    #expect(bench.litter == [])
  }

  @Test("may be several files, or a directory of them")
  func severalFiles() throws {
    let bench = try Bench()
    let first = try bench.write(Description.named("commonName"))
    let second = try bench.write("let commonName = \"shared\"\n", to: "common.swift")
    #expect(try name(in: bench.loader.load([first, second])) == "shared")
    #expect(try name(in: bench.loader.load([bench.scratch.path + "/sources"])) == "shared")
  }

  @Test("may print, and import Glibc and Foundation")
  func printsAndImports() throws {
    let bench = try Bench()
    let source = try bench.write(
      Description.named(
        "text()",
        before: """
          import Foundation
          import Glibc
          func text() -> String {
            print("hello")
            return String(format: "%x", 17) + String(abs(-4))
          }
          """))
    let manifest = try bench.loader.load([source])
    #expect(try name(in: manifest) == "114")
    #expect(String(decoding: manifest.standardOutput, as: UTF8.self) == "hello\n")
  }

  @Test("keeps the compiler's warnings at its own path, also when it is taken from the cache")
  func warnings() throws {
    let bench = try Bench()
    let source = try bench.write(
      Description.named("text()", before: "func text() -> String { let x = 1; return \"w\" }"))
    let manifest = try bench.loader.load([source])
    #expect(manifest.warnings.hasPrefix("\(source):2:29: warning: "))
    let again = try bench.loader.load([source])
    #expect(again.cached)
    #expect(again.warnings == manifest.warnings)
    #expect(again.model == manifest.model)
  }

  @Test("that is long may have lists of sums, and mistakes are told at the same place")
  func long() throws {
    var bench = try Bench()
    bench.options.usesCache = false
    let padding = String(
      repeating: "// What makes it long.\n", count: CompilerInvocation.longLength / 20)
    // Without splitting, the compiler gives up on this one.
    let sums = (1...10).map { "base + n * \($0)" }.joined(separator: ", ")
    let list = """
      let base: GuestAddress = 0x1000
      let n = 3
      let list: [GuestAddress] = [\(sums)]
      """
    let long = try bench.write(
      Description.named("\"long \\(list[9])\"", before: list) + padding, to: "long.swift")
    #expect(try name(in: bench.loader.load([long])) == "long 0x101e")

    let mistake = Description.named("7")
    let short = try bench.write(mistake, to: "mistake.swift")
    let error = #expect(throws: ManifestError.self) { try bench.loader.load([short]) }
    let padded = try bench.write(mistake + padding, to: "mistake.swift")
    let same = #expect(throws: ManifestError.self) { try bench.loader.load([padded]) }
    #expect(same?.code == .notCompiling)
    let lines = [error, same].map { $0?.text.split(separator: "\n").first }
    #expect(lines[0] == lines[1])
  }

  @Test("iterates over a set in the same order each time")
  func deterministic() throws {
    var bench = try Bench()
    bench.options.usesCache = false
    let source = try bench.write(
      Description.named("Set((0..<100).map(String.init)).joined(separator: \" \")"))
    let models = try (0..<3).map { _ in try bench.loader.load([source]).model }
    #expect(models[0] == models[1])
    #expect(models[1] == models[2])
  }

  @Test("evaluates to the same model by way of the driver, and leaves nothing behind")
  func driver() throws {
    var bench = try Bench()
    let source = try bench.write(Description.plain)
    let model = try bench.loader.load([source]).model
    bench.options.usesDriver = true
    let manifest = try bench.loader.load([source])
    #expect(!manifest.cached)
    #expect(manifest.model == model)
    #expect(bench.litter == [])

    let broken = try bench.write("let platform: Int = \"\"\n", to: "broken.swift")
    let error = #expect(throws: ManifestError.self) { try bench.loader.load([broken]) }
    #expect(error?.text.hasPrefix("\(broken):1:21: error: ") == true, "\(error?.text ?? "")")
    #expect(bench.litter == [])
  }

  @Test("is compiled by the driver where the frontend rejects the options")
  func optionsRejected() throws {
    var bench = try Bench()
    let programs = try Toolchain(Environment()).programs
    let fake = bench.scratch.path + "/toolchain"
    try FileManager.default.createDirectory(
      atPath: fake + "/usr/bin", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: fake + "/usr/lib", withDestinationPath: programs + "/../lib")
    for (name, script) in [
      ("swift-frontend", "echo \"error: unknown argument: '-disable-objc-interop'\" >&2; exit 1"),
      ("swiftc", "touch '\(fake)/used'; exec '\(programs)/swiftc' \"$@\""),
      ("ld.lld", "exit 1"),
    ] {
      try bench.scratch.writeProgram("#!/bin/sh\n\(script)\n", to: "toolchain/usr/bin/\(name)")
    }
    bench.options.environment.overrides["DTGEN_TOOLCHAIN"] = fake
    let manifest = try bench.loader.load([try bench.write(Description.plain)])
    #expect(try name(in: manifest) == "plain")
    #expect(FileManager.default.fileExists(atPath: fake + "/used"))
    #expect(bench.litter == [])
  }

  @Test("needs a toolchain, and says what to do without one")
  func noToolchain() throws {
    var bench = try Bench()
    bench.options.environment.overrides["PATH"] = "/nonexistent"
    bench.options.environment.overrides["DTGEN_TOOLCHAIN"] = ""
    let source = try bench.write(Description.plain)
    let error = #expect(throws: ManifestError.self) { try bench.loader.load([source]) }
    #expect(error?.exitStatus == 69)
    #expect(error?.text.contains("a model in JSON needs no toolchain") == true)
    bench.options.environment.overrides["DTGEN_TOOLCHAIN"] = "/nonexistent"
    let wrong = #expect(throws: ManifestError.self) { try bench.loader.load([source]) }
    #expect(wrong?.text.contains("DTGEN_TOOLCHAIN is /nonexistent") == true)
  }

  @Test("needs dtgen's own files, and says where they were looked for")
  func noRuntime() throws {
    var bench = try Bench()
    bench.options.environment.overrides["DTGEN_LIB"] = "/nonexistent"
    let source = try bench.write(Description.plain)
    let error = #expect(throws: ManifestError.self) { try bench.loader.load([source]) }
    #expect(error?.exitStatus == 69)
    #expect(error?.text.contains("are not in /nonexistent") == true)
  }
}

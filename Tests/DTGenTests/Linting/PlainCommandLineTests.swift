import ArgumentParser
import Testing

@testable import dtgen

@Suite("A plain command line")
struct PlainCommandLineTests {
  @Test(
    "is read as ArgumentParser would read it",
    arguments: [
      ["lint", "a.dtb"], ["lint", "-q", "a.dtb"], ["lint", "a.dtb", "--quiet", "-"], ["lint", "-"],
      ["lint", "lint", "help"],
    ])
  func agreement(_ arguments: [String]) throws {
    let plain = try #require(LintRun(plain: arguments))
    let parsed = try #require(try DTGen.parseAsRoot(arguments) as? Lint)
    #expect(plain.files == parsed.files)
    #expect(plain.quiet == parsed.report.quiet)
    #expect(plain.format == parsed.report.format)
    #expect(plain.failOn == parsed.report.failOn)
  }

  @Test(
    "is plain only where every word is known",
    arguments: [
      [], ["lint"], ["lint", "-q"], ["build", "a.swift"], ["lint", "--help"],
      ["lint", "a.dtb", "--format", "json"], ["lint", "a.dtb", "--fail-on=never"],
      ["lint", "--", "-q"], ["lint", "-qq", "a.dtb"], ["lint", ""], ["--version"],
    ])
  func others(_ arguments: [String]) {
    #expect(LintRun(plain: arguments) == nil)
  }
}

import ArgumentParser
import Testing

@testable import dtgen

@Suite("A plain command line")
struct PlainCommandLineTests {
  @Test(
    "is read as ArgumentParser would read it",
    arguments: [
      ["lint", "a.dtb"], ["lint", "-q", "a.dtb"], ["lint", "a.dtb", "--quiet", "-"], ["lint", "-"],
      ["lint", "lint", "help"], ["lint", "a.dtb", "--no-policy"],
      ["lint", "--profile", "soc", "-q", "--no-policy", "a.dtb"],
      ["lint", "a.dtb", "--profile", "auto"],
    ])
  func agreement(_ arguments: [String]) throws {
    let plain = try #require(LintRequest(plain: arguments))
    let parsed = try #require(try DTGen.parseAsRoot(arguments) as? Lint)
    #expect(plain == parsed.request)
  }

  @Test(
    "is plain only where every word is known",
    arguments: [
      [], ["lint"], ["lint", "-q"], ["build", "a.swift"], ["lint", "--help"],
      ["lint", "a.dtb", "--format", "json"], ["lint", "a.dtb", "--fail-on=never"],
      ["lint", "--", "-q"], ["lint", "-qq", "a.dtb"], ["lint", ""], ["--version"],
      ["lint", "a.dtb", "-v"], ["lint", "a.dtb", "--profile"],
      ["lint", "a.dtb", "--profile", "none"], ["lint", "a.dtb", "--profile=soc"],
      ["lint", "--profile", "vm", "--profile", "soc", "a.dtb"], ["lint", "--no-policy"],
    ])
  func others(_ arguments: [String]) {
    #expect(LintRequest(plain: arguments) == nil)
  }
}

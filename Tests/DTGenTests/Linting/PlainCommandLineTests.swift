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

  @Test(
    "of check is read as ArgumentParser would read it",
    arguments: [
      ["check", "a.dtb"], ["check", "--dtb", "a.dtb"], ["check", "-q", "a.dtb", "-"],
      [
        "check", "--guest-config", "c", "b.dtb", "--acpi", "d.aml", "--features", "f.json",
        "--dtb", "a.dtb", "--acpi", "e.aml",
      ],
      ["check", "a.dtb", "--guest", "debian-13-cloud-arm64", "--no-policy", "--quiet"],
      ["check", "a.dtb", "--require", "dma", "--profile", "soc", "--require", "guest"],
      ["check", "lint", "help"],
    ])
  func checkAgreement(_ arguments: [String]) throws {
    let plain = try #require(CheckRequest(plain: arguments))
    let parsed = try #require(try DTGen.parseAsRoot(arguments) as? Check)
    #expect(plain == parsed.request)
    #expect(LintRequest(plain: arguments) == nil)
  }

  @Test(
    "of check is plain only where every word is known",
    arguments: [
      [], ["check"], ["check", "-q"], ["check", "--help"], ["check", "--list-guests"],
      ["lint", "a.dtb"], ["check", "--features", "f.json"], ["check", "a.dtb", "--dtb"],
      ["check", "--dtb", ""], ["check", "--dtb", "-"], ["check", "a.dtb", "--features", "-q"],
      ["check", "--dtb=a.dtb"], ["check", "--dtb", "a.dtb", "--dtb", "b.dtb"],
      ["check", "a.dtb", "--guest", "x", "--guest-config", "y"],
      ["check", "a.dtb", "--guest", "x", "--guest", "y"], ["check", "a.dtb", "--require"],
      ["check", "a.dtb", "--vmm", "qemu-system-aarch64"], ["check", "a.dtb", "--explain-dma"],
      ["check", "a.dtb", "--format", "json"], ["check", "--", "a.dtb"], ["check", ""],
    ])
  func checkOthers(_ arguments: [String]) {
    #expect(CheckRequest(plain: arguments) == nil)
  }

  @Test(
    "of a gate is read as ArgumentParser would read it",
    arguments: [
      ["--guest", "debian-13-cloud-arm64", "--", "qemu-system-aarch64", "-M", "virt"],
      ["--guest-config", "c", "--require", "dma", "--", "q", "--guest", "other", "--", "-S"],
      [
        "--profile", "qemu-virt", "--no-policy", "--require", "dma", "--require", "guest", "--",
        "q",
      ],
      ["--", "q"],
    ])
  func gateAgreement(_ words: [String]) throws {
    let arguments = ["gate", "qemu"] + words
    let plain = try #require(GateRequest(plain: arguments))
    let parsed = try #require(try DTGen.parseAsRoot(arguments) as? GateQEMU)
    #expect(plain == parsed.request)
  }

  @Test(
    "of a gate is plain only where every word is known",
    arguments: [
      [], ["gate"], ["gate", "qemu"], ["gate", "crosvm", "--", "crosvm"], ["gate", "qemu", "--"],
      ["gate", "qemu", "--", ""], ["gate", "qemu", "--help", "--", "q"],
      ["gate", "qemu", "--guest", "--", "q"], ["gate", "qemu", "--guest", "x"],
      ["gate", "qemu", "--guest", "x", "--guest-config", "y", "--", "q"],
      ["gate", "qemu", "--timeout", "5", "--", "q"], ["gate", "qemu", "q", "--", "q"],
      ["gate", "qemu", "-q", "--", "q"], ["gate", "qemu", "--unknown-kernel", "--", "q"],
      ["gate", "qemu", "--require", "", "--", "q"], ["check", "qemu", "--", "q"],
    ])
  func gateOthers(_ arguments: [String]) {
    #expect(GateRequest(plain: arguments) == nil)
  }
}

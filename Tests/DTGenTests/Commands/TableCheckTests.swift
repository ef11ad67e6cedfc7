import DTGenTestSupport
import Foundation
import Testing

@Suite("dtgen check of tables alone", .requiresDistribution)
struct TableCheckTests {
  private let scratch: ScratchDirectory

  init() throws {
    scratch = try ScratchDirectory()
    let source = Repository.fixtures + "/platforms/acpi-iommu/platform.swift"
    let result = try Command.run(
      ["build", source, "-q", "-o", ".", "--emit", "aml,features"], in: scratch)
    #expect(result.status == 0, "\(result.errors)")
    let options = ["ACPI", "VIRTIO_MMIO", "VIRTIO_BLK", "VIRTIO_NET", "VIRTIO_IOMMU"]
    try write("config", Self.configuration(options))
    try write("config-without-iommu", Self.configuration(options.dropLast()))
    try write("config-without-acpi", Self.configuration(options.dropFirst()))
  }

  private static func configuration(_ options: some Sequence<String>) -> String {
    "# Linux/x86_64 6.12.43 Kernel Configuration\nCONFIG_CC_IS_GCC=y\n"
      + options.map { "CONFIG_\($0)=y\n" }.joined()
  }

  private func write(_ name: String, _ text: String) throws {
    try scratch.write(Array(text.utf8), to: name)
  }

  /// What the machine behind a virtio-iommu offers, changed.
  private func features(_ name: String, _ change: (String) -> String) throws {
    let text = try String(
      contentsOfFile: scratch.path + "/registers-features.json", encoding: .utf8)
    let changed = change(text)
    #expect(changed != text)
    try write(name, changed)
  }

  private func check(_ arguments: String...) throws -> Tool.Result {
    try Command.run(
      ["check", "registers-ssdt.aml", "registers-viot.aml", "--arch", "x86_64"] + arguments,
      in: scratch)
  }

  @Test("says where a profile is of one who takes a tree alone")
  func idleProfile() throws {
    let result = try check("--features", "registers-features.json", "--profile", "pvmfw")
    #expect(result.status == 0)
    #expect(
      result.errors.contains("--profile pvmfw is about device trees"), "\(result.errors)")
    #expect(try !check().errors.contains("--profile"))
  }

  @Test("passes what the description offers, with a kernel that has the drivers")
  func right() throws {
    let result = try check(
      "--features", "registers-features.json", "--guest-config", "config", "--require", "iommu",
      "--require", "virtio")
    #expect(result.status == 0, "\(result.text)")
    #expect(!result.text.contains("skipped"))
  }

  @Test(
    "refuses a device behind an IOMMU that doesn't offer the feature, and says so of where it may DMA"
  )
  func feature() throws {
    try features("bare.json") {
      $0.replacing("VIRTIO_F_ACCESS_PLATFORM", with: "VIRTIO_F_ORDER_PLATFORM")
    }
    let result = try check("--features", "bare.json", "--explain-dma")
    #expect(result.status == 1)
    #expect(result.text.contains("[iommu/access-platform-missing-under-acpi]"))
    #expect(result.text.contains("into all memory: it does not offer VIRTIO_F_ACCESS_PLATFORM"))
  }

  @Test("refuses features of a device that isn't there, and a device of which nothing is said")
  func another() throws {
    try features("misspelt.json") { $0.replacing("D001", with: "D0O1") }
    let result = try check("--features", "misspelt.json")
    #expect(result.status == 1)
    #expect(result.text.contains("[virtio/features-without-device-under-acpi]"))
    #expect(result.text.contains("[virtio/device-without-features-under-acpi]"))
  }

  @Test("refuses a kernel that reads no tables, or has no driver for the IOMMU")
  func kernel() throws {
    let without = try check("--guest-config", "config-without-acpi")
    #expect(without.status == 1)
    #expect(without.text.contains("[guest/kernel-without-acpi]"))
    let bare = try check("--guest-config", "config-without-iommu", "--explain-dma")
    #expect(bare.status == 1)
    #expect(bare.text.contains("[guest/iommu-not-built-under-acpi]"))
    #expect(bare.text.contains("config-without-iommu has no driver for a virtio-iommu"))
    let other = try check("--guest", "debian-13-cloud-arm64")
    #expect(other.text.contains("is for another processor"))
  }

  @Test("fails where a rule is required and what it needs wasn't given")
  func required() throws {
    let result = try check("--require", "guest")
    #expect(result.status == 1)
    #expect(result.errors.contains("is required and was skipped"))
  }
}

import DTGenTestSupport
import Foundation
import Testing

/// Descriptions in `fixtures/rejected` that say something wrong, each with the exact words about it.
@Suite("a description that means something wrong", .requiresDistribution)
struct RejectedMeaningTests {
  /// Descriptions that compile; the status is that of the findings.
  static let wrongMeaning = [
    "acpi-device-in-a-tree", "address-beyond-its-bus", "allowance-of-nothing",
    "allowance-without-a-reason", "another-pool-of-that-name", "backend-misspelt",
    "backend-of-itself", "backend-without-memory", "backend-without-the-share", "bus-under-acpi",
    "channel-device-on-arm64",
    "cam-under-acpi", "compatible-for-a-hardware-id", "confidential-balloon",
    "confidential-feature-withheld", "confidential-legacy-device",
    "confidential-on-another-architecture", "device-left-out", "dma-moved-by-a-bus",
    "domain-of-nobody", "domain-without-streams",
    "dynamic-pool-unaligned", "edge-on-a-plic", "encrypted-guest-with-a-pool",
    "feature-of-another-device", "feature-withheld", "forty-devices-on-32-slots", "gic-on-riscv",
    "gsi-in-a-tree", "initrd-over-the-pool", "interrupt-trigger-impossible", "interrupts-clash",
    "iommu-of-another-machine", "line-that-is-not-there", "machine-without-tables",
    "memory-beyond-the-map", "more-devices-than-slots", "names-outnumber-regions", "negative-ports",
    "no-queue-pairs", "pci-bus-out-of-range", "pci-configuration-space-too-small",
    "feature-withheld-behind-an-iommu-of-tables", "pci-feature-withheld", "pci-function-left-out",
    "pci-function-nine",
    "pci-function-past-the-iommu", "pci-functions-at-one-address",
    "pci-interrupts-without-a-controller", "pci-messages-that-nothing-takes",
    "pci-pool-behind-an-iommu", "pci-slot-beyond-31", "pci-window-above-4-gib",
    "pci-window-of-nothing", "pci-window-that-wraps", "pci-windows-overlap",
    "pkvm-iommus-of-one-number", "pkvm-stream-of-two-devices", "plic-without-harts",
    "pool-beside-a-domain",
    "pool-disabled", "pool-for-too-much", "pool-not-placed", "pool-of-other-pages",
    "pool-off-the-page", "pool-outside-memory", "pool-too-large", "pool-too-small",
    "pool-under-acpi", "pool-with-no-map", "pool-without-devices", "pool-without-room",
    "power-balloon", "power-host-placed", "power-iommu-pointless", "power-legacy-device",
    "power-pool-pointless", "power-with-a-tree",
    "pools-overlap", "protected-device-without-a-pool", "protected-guest-with-acpi",
    "prp0001-without-compatible", "queue-size-no-power-of-two", "queue-too-long",
    "realm-through-hvc", "reference-to-nothing", "region-that-is-no-pool", "share-across-the-edge",
    "s390-allowance", "s390-device-on-pci", "s390-devno-beyond", "s390-devno-twice",
    "s390-feature-withheld", "s390-pv-on-power", "s390-serial-port", "s390-with-tables",
    "s390-without-devices",
    "share-beyond-memory", "share-in-memory-under-acpi", "share-not-placed", "share-of-one",
    "share-of-three-unsaid", "share-off-the-granule", "share-over-a-device", "share-under-acpi",
    "share-with-two-frontends", "share-with-two-roles", "share-without-a-device",
    "share-without-a-role", "slot-and-its-address", "slot-that-is-not-there",
    "source-beyond-the-last", "spi-on-riscv", "spi-on-x86_64", "stream-in-no-domain",
    "stream-in-two-domains", "stream-of-no-device", "stream-that-the-guest-lacks",
    "stream-that-the-host-lacks", "stream-twice-in-the-guest", "too-many-processors",
    "too-many-scanouts", "two-devices-at-one-address", "two-devices-on-one-slot",
    "two-shares-of-one-name", "windows-overlap", "x86_64-with-a-tree", "xen-name-too-long",
    "xen-pool-shared",
  ]

  /// Descriptions that don't compile, because the language knows better.
  static let wrongWords = [
    "bare-number-for-a-size", "component-outside-a-machine", "device-inside-memory",
    "key-outside-its-keys",
    "machine-inside-a-machine", "misspelt-pool", "pool-without-a-place",
    "share-of-a-computed-size", "share-of-no-address", "share-outside-a-machine",
    "property-outside-a-node",
    "pci-function-outside-a-host", "virtio-mmio-on-a-pci-bus", "window-outside-a-host",
  ]

  @Test("is refused with the line, and nothing is written", arguments: wrongMeaning)
  func meaning(name: String) throws { try expectRefusal(of: name, status: 1) }

  @Test("is refused by the compiler in words of the language", arguments: wrongWords)
  func words(name: String) throws { try expectRefusal(of: name, status: 65) }

  private func expectRefusal(of name: String, status: Int32) throws {
    let directory = "fixtures/rejected/" + name
    let scratch = try ScratchDirectory()
    try FileManager.default.copyItem(
      atPath: Repository.root + "/\(directory)/platform.swift",
      toPath: scratch.path + "/platform.swift")
    let result = try Command.run(
      ["build", "platform.swift", "-o", "out", "--quiet", "--fail-on", "warning"]
        + (name.hasPrefix("xen-") ? ["--emit", "xen"] : []), in: scratch)
    Golden.expect(result.errors, matches: directory + "/expected.txt")
    #expect(result.status == status)
    #expect(result.text == "")
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/out/guest.dtb"))
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/out/guest-ssdt.aml"))
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/out/guest-features.json"))
  }

  @Test("is in exactly one list of these tests")
  func complete() throws {
    let listed =
      Self.wrongMeaning + Self.wrongWords + RejectedDescriptionTests.fixtures.map(\.name)
    let present = try FileManager.default.contentsOfDirectory(
      atPath: Repository.fixtures + "/rejected")
    #expect(listed.sorted() == present.sorted())
  }

  @Test("keeps what an earlier run wrote")
  func keepsOutput() throws {
    let scratch = try ScratchDirectory()
    let fixtures = Repository.fixtures
    try FileManager.default.copyItem(
      atPath: fixtures + "/platforms/protected-guest/platform.swift",
      toPath: scratch.path + "/platform.swift")
    #expect(try Command.run(["build", "platform.swift"], in: scratch).status == 0)
    let before = scratch.read("guest.dtb")
    #expect(before != nil)
    try FileManager.default.removeItem(atPath: scratch.path + "/platform.swift")
    try FileManager.default.copyItem(
      atPath: fixtures + "/rejected/pool-outside-memory/platform.swift",
      toPath: scratch.path + "/platform.swift")
    #expect(try Command.run(["build", "platform.swift"], in: scratch).status == 1)
    #expect(scratch.read("guest.dtb") == before)
    #expect(try Command.run(["build", "platform.swift", "--force"], in: scratch).status == 1)
    #expect(scratch.read("guest.dtb") != before)
  }
}

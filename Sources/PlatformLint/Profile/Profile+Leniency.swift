public import Diagnostics

/// How much the findings of a rule weigh at the most in a profile.
public struct Leniency: Sendable, Hashable {
  /// The id of the rule.
  public let rule: String
  /// The most that a finding weighs.
  public let severity: Severity
  /// Why it weighs no more: lower case, no full stop.
  public let because: String

  init(_ rule: String, _ severity: Severity, because: String) {
    self.rule = rule
    self.severity = severity
    self.because = because
  }
}

extension Profile {
  /// The rules that weigh less in this profile than elsewhere, in alphabetical order.
  public var leniencies: [Leniency] {
    switch self {
    case .vm: []
    case .soc: Self.chips
    }
  }

  private static let chips = [
    Leniency(
      "dma/coherency-not-stated", .note,
      because: "on a chip DMA is not coherent unless a node says so, which is what silence means"),
    Leniency(
      "dma/pool-outside-memory", .warning,
      because: "a pool may lie in memory that the boot loader knows of and the source doesn't"),
    Leniency(
      "guest/clock-without-frequency", .warning,
      because: "the boot loader of a board writes what it measured"),
    Leniency(
      "guest/no-psci", .warning,
      because: "the boot loader, or the firmware that it belongs to, adds the node"),
    Leniency(
      "guest/primecell-registers", .warning,
      because: "the registers of a block of a chip may repeat in its window"),
    Leniency(
      "guest/release-address-missing", .warning,
      because: "the boot loader writes the address at which it left the CPU"),
    Leniency(
      "iommu/bridge-not-mapped", .note,
      because: "an SMMU of a chip need not stand in front of its PCI hosts"),
    Leniency(
      "iommu/disabled-iommu", .warning,
      because: "the boot loader enables what its firmware leaves usable"),
    Leniency(
      "iommu/unused-iommu", .note,
      because: "a chip has IOMMUs for blocks that a board does not use"),
    Leniency(
      "memory/no-memory", .note,
      because: "the boot loader measures the memory and writes the node"),
    Leniency(
      "memory/window-over-memory", .warning,
      because: "a size of memory that stands in the source is often the most there can be, and the "
        + "boot loader corrects it"),
    Leniency(
      "memory/window-overlap", .note,
      because: "blocks of a chip share pages of registers, and drivers agree on who touches which"),
    Leniency(
      "pci/msi-map-incomplete", .note,
      because: "a host of a chip has the functions that its map lists, and no others"),
    Leniency(
      "structure/interrupt-shared", .note,
      because: "blocks of a chip share lines by design"),
    Leniency(
      "structure/interrupt-specifier-invalid", .warning,
      because: "the driver fails to get the line or does without, which is one device of many"),
    Leniency(
      "structure/interrupt-trigger-clash", .warning,
      because: "the second driver fails to get the line, which is one device of many"),
  ]
}

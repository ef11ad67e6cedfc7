import PlatformLint

extension RuleBoots {
  static let iommu: [BootCase] = [
    // The disk behind the SMMU is scanned for partitions before there is a first process.
    .rule(
      "iommu/bridge-not-mapped",
      log: .any(because: "the SMMU of the example has no interrupt to report events by"), .hangs),
    .rule(
      "iommu/bridge-not-mapped",
      text: """
        &smmu {
          interrupts = <0 74 1>, <0 77 1>;
          interrupt-names = "eventq", "gerror";
        };
        &pci {
          /delete-property/ iommu-map;
          memory-region = <&bounce>;
        };
        """, in: .iommu, .hangs),
    .rule("iommu/disabled-iommu", .escapes(Named.function)),
    .rule("iommu/map-malformed", .hangs),
    .rule("iommu/map-outside-mask", .hangs),
    // The second entry would be right.
    .rule(
      "iommu/map-overlap",
      text: "&pci {\n  iommu-map = <0x8 &smmu 0x108 0x1>, <0x0 &smmu 0x0 0x10000>;\n};",
      in: .iommu, .hangs),
    .rule("iommu/map-target", .hangs),
    .rule("iommu/passthrough", .works(Named.function)),
    .rule(
      "iommu/requesters-left-out",
      text: "&pci {\n  iommu-map = <0x0 &smmu 0x0 0x8>;\n};", in: .iommu, .hangs),
    .rule("iommu/unknown-iommu", .escapes(Named.function)),
    .rule(
      "iommu/access-platform-missing", example: 1,
      with: [
        .mmio(.block, 0), .mmio(.network, 1), GuestDevice.pci(.block, "1").withoutAccessPlatform,
      ], twinWith: Example.Base.iommu.devices, .escapes(Named.function)),
    .rule(
      "iommu/cells-wrong", text: "&smmu {\n  /delete-property/ #iommu-cells;\n};", in: .iommu,
      log: .line("missing #iommu-cells property"), .escapes(Named.function)),
    .rule("iommu/reference-malformed", .escapes(Named.disk)),
    .rule("iommu/reference-malformed", example: 1, .escapes(Named.disk)),
    .rule("iommu/translates-itself", example: 1, .stuck(Named.function)),
    .rule("iommu/unused-iommu", .escapes(Named.disk)),
    .rule("iommu/smmu-registers", .escapes(Named.function)),
  ]
}

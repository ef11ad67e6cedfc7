import PlatformLint

/// Boots that hold the rules against a kernel; a new one is one more declaration.
enum RuleBoots {
  /// All of them.
  static let all = dma + guest + iommu + memory + pci + riscv + structure + virtio

  /// A disk in the third window.
  static let three: [GuestDevice] = [.mmio(.block, 0), .mmio(.network, 1), .mmio(.block, 2)]

  static let dma: [BootCase] = [
    .rule(
      "dma/access-platform-not-offered",
      with: [GuestDevice.mmio(.block, 0).withoutAccessPlatform, .mmio(.network, 1)],
      twinWith: [.mmio(.block, 0), .mmio(.network, 1)],
      log: .any(because: "the line is there without the fault, too"), .escapes(Named.disk),
      .confined(Named.net, pool: Named.bounce), .silent),
    // Without the restricted pool it is the other one that is asked.
    .rule(
      "dma/contiguous-beside-pool",
      twin: .text(
        .virt,
        """
        &reserved {
          cma: cma@60000000 {
            compatible = "shared-dma-pool";
            reg = <0x0 0x60000000 0x0 0x400000>;
            reusable;
          };
        };
        &disk {
          memory-region = <&cma>;
        };
        """), .confined(Named.disk, pool: Named.bounce)),
    .rule(
      "dma/dma-ranges-miss-pool", twin: .right("dma/dma-ranges-miss-pool", 0), with: three,
      .driverless(Named.third)),
    .rule(
      "dma/dma-ranges-offset", twin: .right("dma/dma-ranges-offset", 0), with: three, .hangs),
    .rule(
      "dma/dma-ranges-untranslatable", twin: .right("dma/dma-ranges-untranslatable", 0),
      with: three,
      .works(Named.third)),
    .rule("dma/dangling-memory-region", .escapes(Named.disk)),
    .rule("dma/disabled-memory-region", .escapes(Named.disk), .escapes(Named.net)),
    .rule(
      "dma/dynamic-pool-unaligned",
      text: "&bounce {\n  /delete-property/ reg;\n  size = <0x0 0x800400>;\n};",
      .driverless(Named.disk)),
    .rule("dma/malformed-memory-region", .escapes(Named.disk)),
    .rule("dma/memory-region-elsewhere", .escapes(Named.disk)),
    .rule("dma/memory-region-without-pool", .escapes(Named.disk)),
    .rule(
      "dma/mixed-confinement", .escapes(Named.net), .confined(Named.disk, pool: Named.bounce)),
    // On the machine without an IOMMU the pool is used.
    .rule(
      "dma/pool-behind-iommu", example: 1, twin: .text(.pci, ""), twinOn: .virt,
      log: .any(because: "the other machine's log lacks what its SMMU says of itself"),
      .translated(Named.function)),
    .rule(
      "dma/pool-behind-iommu", example: 2, twin: .text(.pci, ""), twinOn: .virt,
      log: .any(because: "the other machine's log lacks what its SMMU says of itself"),
      .translated(Named.function)),
    // The same behind a virtio-iommu, in the function's own node.
    .rule(
      "dma/pool-behind-iommu",
      text: """
        &pci {
          iommu-map = <0x0 &viommu 0x0 0x18>, <0x19 &viommu 0x19 0xffe7>;
          viommu: iommu@3,0 {
            compatible = "pci1af4,1057";
            reg = <0x1800 0x0 0x0 0x0 0x0>;
            #iommu-cells = <1>;
          };
          disk@1,0 {
            reg = <0x800 0x0 0x0 0x0 0x0>;
            memory-region = <&bounce>;
          };
        };
        """, in: .pci, twin: .text(.pci, ""),
      on: .virt.adding("-device", "virtio-iommu-pci,bus=pcie.0,addr=3"), twinOn: .virt,
      log: .any(because: "the other machine's log lacks what its IOMMU says of itself"),
      .translated(Named.function)),
    .rule("dma/pool-forbidden-property", .escapes(Named.disk), .escapes(Named.net)),
    .rule("dma/pool-forbidden-property", example: 1, .escapes(Named.disk), .escapes(Named.net)),
    .rule("dma/pool-forbidden-property", example: 2, .escapes(Named.disk), .escapes(Named.net)),
    .rule(
      "dma/pool-misaligned",
      log: .line("virtio_blk virtio0: probe with driver virtio_blk failed with error -12"),
      .driverless(Named.disk)),
    .rule(
      "dma/pool-misaligned", text: moved("5f000800", "0x5f000800"), .stuck(Named.disk)),
    .rule("dma/pool-misspelt", .escapes(Named.disk), .escapes(Named.net)),
    .rule("dma/pool-of-two-kinds", .escapes(Named.disk), .escapes(Named.net)),
    .rule("dma/pool-outside-memory", .panics),
    .rule("dma/pool-outside-reserved-memory", .escapes(Named.disk)),
    .rule("dma/pool-too-large", .escapes(Named.disk), .escapes(Named.net)),
    .rule(
      "dma/pool-too-small",
      log: .line("virtio_blk virtio0: probe with driver virtio_blk failed with error -12"),
      .driverless(Named.disk)),
    .rule("dma/pool-too-small", example: 1, .stuck(Named.disk)),
    // A disk fills the larger pool of the base now and then, too, and goes on.
    .rule(
      "dma/pool-too-small-for-block",
      log: .line("swiotlb buffer is full (sz: * bytes), total 512 (slots)"),
      .stuck(Named.disk)),
    .rule(
      "dma/shared-pool-inert", .confined(Named.disk, pool: Named.bounce),
      .logs("created DMA memory pool at 0x0000000060000000, size 4 MiB")),
    // The second pool is as good where it is the only one.
    .rule(
      "dma/two-pools", twin: .text(.virt, spare + "&disk {\n  memory-region = <&spare>;\n};"),
      .confined(Named.disk, pool: Named.bounce)),
    .rule(
      "dma/unused-pool", twin: .text(.virt, spare + "&net {\n  memory-region = <&spare>;\n};"),
      .noPool("restricted-dma-pool@60000000"),
      .confined(Named.disk, pool: Named.bounce)),
  ]

  /// A second pool.
  private static let spare = """
    &reserved {
      spare: restricted-dma-pool@60000000 {
        compatible = "restricted-dma-pool";
        reg = <0x0 0x60000000 0x0 0x800000>;
      };
    };

    """

  /// The pool of the base somewhere else.
  private static func moved(_ unitAddress: String, _ address: String) -> String {
    """
    &reserved {
      /delete-node/ restricted-dma-pool@5f000000;
      bounce: restricted-dma-pool@\(unitAddress) {
        compatible = "restricted-dma-pool";
        reg = <0x0 \(address) 0x0 0x800000>;
      };
    };
    &disk {
      memory-region = <&bounce>;
    };
    &net {
      memory-region = <&bounce>;
    };
    """
  }
}

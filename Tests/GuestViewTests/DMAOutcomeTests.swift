import DTGenTestSupport
import DeviceTree
import GuestView
import Testing

/// A ``DMAOutcome`` that can be compared, with names for nodes.
enum Outcome: Sendable, Equatable {
  case pool(String)
  case iommu(String)
  case open(OpenReason)
  case absent(AbsenceReason)

  init(_ outcome: DMAOutcome) {
    switch outcome {
    case .restrictedPool(let region): self = .pool(region.node.name)
    case .iommu(let node): self = .iommu(node.name)
    case .allMemory(because: let reason): self = .open(reason)
    case .absent(because: let reason): self = .absent(reason)
    }
  }
}

/// What an arm64 guest with Linux 6.12 did when it was given each of these faults.
struct Fault: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let changes: String
  let outcome: Outcome

  init(_ name: String, _ changes: String, _ outcome: Outcome) {
    testDescription = name
    self.changes = changes
    self.outcome = outcome
  }

  static let all = [
    Fault("none", "", .pool("restricted-dma-pool@4f000000")),
    Fault("no reference", "&disk { /delete-property/ memory-region; };", .open(.notConfined)),
    Fault("dangling", "&disk { memory-region = <0x99>; };", .open(.danglingReference)),
    Fault("three bytes", "&disk { memory-region = [00 00 01]; };", .open(.malformedMemoryRegion)),
    Fault("disabled", "&pool { status = \"disabled\"; };", .open(.poolDisabled)),
    Fault("another region", "&disk { memory-region = <&memory>; };", .open(.noRestrictedPool)),
    Fault("no-map", "&pool { no-map; };", .open(.poolRefused(.forbiddenProperty("no-map")))),
    Fault("reusable", "&pool { reusable; };", .open(.poolRefused(.forbiddenProperty("reusable")))),
    Fault(
      "dma-default", "&pool { linux,dma-default; };",
      .open(.poolRefused(.forbiddenProperty("linux,dma-default")))),
    Fault("cells", "&reserved { #size-cells = <1>; };", .open(.poolRefused(.nodeIgnored))),
    Fault(
      "no ranges", "&reserved { /delete-property/ ranges; };", .open(.poolRefused(.nodeIgnored))),
    Fault(
      "outside reserved-memory",
      """
      / { stray: stray { compatible = "restricted-dma-pool"; size = <0x0 0x400000>; }; };
      &disk { memory-region = <&stray>; };
      """, .open(.poolOutsideReservedMemory)),
    Fault("size 0", "&pool { reg = <0 0x4f000000 0 0>; };", .open(.poolRefused(.empty))),
    Fault("short reg", "&pool { reg = <0 0x4f000000>; };", .open(.poolRefused(.malformedReg))),
    Fault(
      "two kinds", "&pool { compatible = \"shared-dma-pool\", \"restricted-dma-pool\"; };",
      .open(.poolRefused(.twoKinds))),
    Fault(
      "short alignment",
      "&pool { /delete-property/ reg; size = <0 0x400000>; alignment = <0x1000>; };",
      .open(.poolRefused(.malformedAlignment))),
    Fault(
      "dynamic", "&pool { /delete-property/ reg; size = <0 0x400000>; alignment = <0 0x40000>; };",
      .pool("restricted-dma-pool@4f000000")),
    Fault(
      "too large",
      """
      &memory { reg = <0 0x40000000 0 0x40000000>; };
      &pool { reg = <0 0x4f000000 0 0x18000000>; };
      """, .open(.poolTooLarge)),
    Fault(
      "340 MiB",
      """
      &memory { reg = <0 0x40000000 0 0x40000000>; };
      &pool { reg = <0 0x4f000000 0 0x15400000>; };
      """, .pool("restricted-dma-pool@4f000000")),
    Fault(
      "outside memory", "&pool { reg = <0 0x3f000000 0 0x400000>; };", .absent(.poolOutsideMemory)),
    Fault("base + 1 KiB", "&pool { reg = <0 0x4f000400 0 0x400000>; };", .absent(.poolMisaligned)),
    Fault("4 KiB", "&pool { reg = <0 0x4f000000 0 0x1000>; };", .absent(.poolTooSmall)),
    Fault("no interrupt", "&disk { /delete-property/ interrupts; };", .absent(.withoutInterrupt)),
    Fault("two cells", "&disk { interrupts = <0 16>; };", .absent(.withoutInterrupt)),
    Fault("no window", "&disk { /delete-property/ reg; };", .absent(.withoutWindow)),
    Fault(
      "iommu",
      """
      / {
        iommu: iommu@9050000 {
          compatible = "arm,smmu-v3"; reg = <0 0x9050000 0 0x20000>; #iommu-cells = <1>; };
      };
      &disk { iommus = <&iommu 1>; };
      """, .iommu("iommu@9050000")),
    Fault(
      "iommu that lets all through",
      """
      / {
        chosen { bootargs = "iommu.passthrough=1"; };
        iommu: iommu@9050000 {
          compatible = "arm,smmu-v3"; reg = <0 0x9050000 0 0x20000>; #iommu-cells = <1>; };
      };
      &disk { iommus = <&iommu 1>; };
      """, .open(.iommuPassthrough)),
    Fault(
      "iommu with one page of registers",
      """
      / {
        iommu: iommu@9050000 {
          compatible = "arm,smmu-v3"; reg = <0 0x9050000 0 0x10000>; #iommu-cells = <1>; };
      };
      &disk { iommus = <&iommu 1>; /delete-property/ memory-region; };
      """, .open(.iommuRefused)),
    Fault(
      "iommu without registers",
      """
      / { iommu: iommu@9050000 { compatible = "arm,smmu-v3"; #iommu-cells = <1>; }; };
      &disk { iommus = <&iommu 1>; /delete-property/ memory-region; };
      """, .open(.iommuRefused)),
    Fault(
      "iommu without a driver",
      """
      / { iommu: iommu@9050000 { compatible = "arm,smmuv3"; #iommu-cells = <1>; }; };
      &disk { iommus = <&iommu 1>; };
      """, .pool("restricted-dma-pool@4f000000")),
    Fault(
      "iommu without a driver, and no pool",
      """
      / { iommu: iommu@9050000 { compatible = "arm,smmuv3"; #iommu-cells = <1>; }; };
      &disk { iommus = <&iommu 1>; /delete-property/ memory-region; };
      """, .open(.iommuWithoutDriver)),
    Fault(
      "iommu on a bus without devices",
      """
      / { bus { iommu: iommu { compatible = "arm,smmu-v3"; #iommu-cells = <1>; }; }; };
      &disk { iommus = <&iommu 1>; /delete-property/ memory-region; };
      """, .open(.iommuWithoutDriver)),
    Fault(
      "no iommu at all", "&disk { iommus = <0x99 1>; /delete-property/ memory-region; };",
      .open(.danglingIOMMU)),
    Fault(
      "iommu reference cut short",
      """
      / { iommu: iommu@9050000 { compatible = "arm,smmu-v3"; #iommu-cells = <1>; }; };
      &disk { iommus = <&iommu>; /delete-property/ memory-region; };
      """, .open(.danglingIOMMU)),
    Fault(
      "controller disabled", "&gic { status = \"disabled\"; };", .absent(.controllerDisabled)),
    Fault(
      "controller unknown", "&gic { compatible = \"arm,gicv3\"; };", .absent(.controllerUnknown)),
    Fault(
      "mem= below the pool",
      "/ { chosen { bootargs = \"mem=128M\"; }; timer { compatible = \"arm,armv8-timer\"; }; };",
      .absent(.poolOutsideMemory)),
    Fault(
      "usable-memory-range below the pool",
      "/ { chosen { linux,usable-memory-range = <0 0x40000000 0 0x8000000>; }; };",
      .absent(.poolOutsideMemory)),
    Fault(
      "usable-memory-range, and a second one with the pool",
      """
      / { chosen {
        linux,usable-memory-range = <0 0x40000000 0 0x8000000>, <0 0x4f000000 0 0x400000>; }; };
      """, .pool("restricted-dma-pool@4f000000")),
    Fault(
      "disabled iommu",
      """
      / { iommu: iommu@9050000 { status = "disabled"; #iommu-cells = <1>; }; };
      &disk { iommus = <&iommu 1>; };
      """, .pool("restricted-dma-pool@4f000000")),
    Fault(
      "two pools, the first disabled",
      """
      &reserved { second: pool@4e000000 {
        compatible = "restricted-dma-pool"; reg = <0 0x4e000000 0 0x400000>; }; };
      &pool { status = "disabled"; };
      &disk { memory-region = <&pool>, <&second>; };
      """, .pool("pool@4e000000")),
    Fault(
      "restricted and shared",
      """
      &reserved { heap: heap@4e000000 {
        compatible = "shared-dma-pool"; reg = <0 0x4e000000 0 0x400000>; no-map; }; };
      &disk { memory-region = <&heap>, <&pool>; };
      """, .pool("restricted-dma-pool@4f000000")),
  ]
}

@Suite("Where a device may DMA")
struct DMAOutcomeTests {
  @Test("one fault leads to what the guest was seen to do", .requires(.dtc), arguments: Fault.all)
  func observed(fault: Fault) throws {
    let device = try #require(try guest(fault.changes).dmaDevices.first)
    #expect(Outcome(device.outcome) == fault.outcome)
  }

  @Test("a device that doesn't offer ACCESS_PLATFORM goes past its pool", .requires(.dtc))
  func accessPlatform() throws {
    for (bits, outcome): ([Int], Outcome) in [
      ([32], .open(.accessPlatformNotOffered)), ([32, 33], .pool("restricted-dma-pool@4f000000")),
    ] {
      let features = DeviceFeatures(devices: [
        .init(node: "/virtio@a000000", type: 2, featureBits: bits)
      ])
      let device = try #require(try guest("", features: features).dmaDevices.first)
      #expect(Outcome(device.outcome) == outcome)
    }
  }

  @Test("disabled devices do no DMA, by themselves or through an ancestor", .requires(.dtc))
  func disabledDevices() throws {
    #expect(try guest("&disk { status = \"disabled\"; };").dmaDevices.isEmpty)
    #expect(try guest("&disk { status = \"ok\"; };").dmaDevices.count == 1)
    #expect(try guest("&disk { status = \"OKAY\"; };").dmaDevices.isEmpty)
    let below = try view(
      "/ { bus { status = \"fail\"; compatible = \"simple-bus\"; v { compatible = \"virtio,mmio\"; }; }; };"
    )
    #expect(below.dmaDevices.isEmpty)
  }

  @Test("a device on a bus that nobody populates does not exist", .requires(.dtc))
  func unpopulatedBus() throws {
    for (compatible, outcome): (String, Outcome) in [
      ("simple-bus", .absent(.withoutWindow)), ("x,bus", .absent(.unpopulatedBus)),
    ] {
      let view = try view(
        "/ { bus { compatible = \"\(compatible)\"; v { compatible = \"virtio,mmio\"; }; }; };")
      #expect(Outcome(try #require(view.dmaDevices.first).outcome) == outcome)
    }
  }

  @Test("dma-ranges of the nearest bus count, translated through those above", .requires(.dtc))
  func dmaRanges() throws {
    let view = try guest(
      """
      / {
        outer {
          compatible = "simple-bus";
          #address-cells = <1>; #size-cells = <1>;
          ranges = <0x0 0x0 0x0 0x10000000>;
          dma-ranges = <0x0 0x0 0x40000000 0x10000000>;
          inner {
            compatible = "simple-bus";
            #address-cells = <1>; #size-cells = <1>;
            ranges;
            dma-ranges = <0x80000000 0x1000000 0x1000000>;
            v@b000000 { compatible = "virtio,mmio"; reg = <0xb000000 0x200>; };
          };
        };
      };
      """)
    let device = try #require(view.dmaDevices.first { $0.node.name == "v@b000000" })
    let window = try #require(device.dmaRanges?.windows.first)
    #expect(window.busAddress == 0x8000_0000)
    #expect(window.range == AddressRange(at: 0x4100_0000, size: 0x100_0000))
  }
}

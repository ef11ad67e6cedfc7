import DTGenTestSupport
import DeviceTree
import GuestView
import Testing

/// The guest of the other tests with a PCI host, two functions, and an IOMMU.
private func pciGuest(_ changes: String, features: DeviceFeatures? = nil) throws -> GuestView {
  try guest(
    """
    / {
      smmu: iommu@9050000 {
        compatible = "arm,smmu-v3";
        reg = <0x0 0x9050000 0x0 0x20000>;
        #iommu-cells = <1>;
      };
      pci: pcie@4010000000 {
        compatible = "pci-host-ecam-generic";
        device_type = "pci";
        reg = <0x40 0x10000000 0x0 0x10000000>;
        #address-cells = <3>;
        #size-cells = <2>;
        #interrupt-cells = <1>;
        ranges = <0x1000000 0x0 0x0 0x0 0x3eff0000 0x0 0x10000>,
                 <0x2000000 0x0 0x10000000 0x0 0x10000000 0x0 0x2eff0000>,
                 <0x43000000 0x80 0x0 0x80 0x0 0x80 0x0>;
        interrupt-map-mask = <0x1800 0x0 0x0 0x7>;
        interrupt-map = <0x0 0x0 0x0 0x1 &gic 0x0 0x3 0x4>, <0x800 0x0 0x0 0x1 &gic 0x0 0x4 0x4>;
        one: one@1,0 { reg = <0x800 0x0 0x0 0x0 0x0>; };
        two: two@1f,7 { reg = <0xff00 0x0 0x0 0x0 0x0>; };
        bridge@3,0 {
          device_type = "pci";
          reg = <0x1800 0x0 0x0 0x0 0x0>;
          #address-cells = <3>;
          #size-cells = <2>;
          ranges;
          far@0,0 { reg = <0x10000 0x0 0x0 0x0 0x0>; };
        };
      };
    };
    &gic { #address-cells = <0>; };

    """ + changes, features: features)
}

extension GuestView {
  fileprivate func outcome(_ name: String) throws -> Outcome {
    let device = try #require(dmaDevices.first { $0.node.baseName == name })
    return Outcome(device.outcome)
  }
}

@Suite("PCI")
struct PCITests {
  @Test("windows have their space, their addresses and their range", .requires(.dtc))
  func windows() throws {
    let host = try #require(try pciGuest("").pciHosts.first)
    #expect(host.windows.map(\.space) == [.ports, .memory32, .memory64])
    #expect(host.windows.map(\.isPrefetchable) == [false, false, true])
    #expect(host.windows.map(\.busAddress) == [0, 0x1000_0000, 0x80_0000_0000])
    #expect(host.windows.map { $0.range?.first } == [0x3eff_0000, 0x1000_0000, 0x80_0000_0000])
    #expect(host.configurationSpacePerBus == 1 << 20)
    #expect(host.buses == 0...255)
    #expect(host.requesterIDs == 0...0xffff)
  }

  @Test("functions are known by bus, device and function, and bridges are none", .requires(.dtc))
  func functions() throws {
    let host = try #require(try pciGuest("").pciHosts.first)
    #expect(host.functions.map(\.node.baseName) == ["one", "two", "far"])
    #expect(host.functions.map(\.requesterID) == [0x8, 0xff, 0x100])
    #expect(host.functions.map(\.unitAddress) == ["1,0", "1f,7", "0,0"])
    #expect(host.functions.map(\.isOnRootBus) == [true, true, false])
  }

  @Test("a function has its own pool, else its host's, else none", .requires(.dtc))
  func pools() throws {
    var view = try pciGuest("&pci { memory-region = <&pool>; };")
    #expect(try view.outcome("one") == .pool("restricted-dma-pool@4f000000"))
    #expect(try view.outcome("far") == .pool("restricted-dma-pool@4f000000"))
    view = try pciGuest("&one { memory-region = <&pool>; };")
    #expect(try view.outcome("one") == .pool("restricted-dma-pool@4f000000"))
    #expect(try view.outcome("two") == .open(.notConfined))
    #expect(try view.outcome("pcie") == .open(.notConfined))
    // Whatever is in a memory-region of its own, it hides the host's.
    view = try pciGuest("&pci { memory-region = <&pool>; }; &one { memory-region = <0x99>; };")
    #expect(try view.outcome("one") == .open(.danglingReference))
    #expect(try view.outcome("two") == .pool("restricted-dma-pool@4f000000"))
  }

  @Test("an IOMMU takes the functions of its entries alone", .requires(.dtc))
  func iommu() throws {
    var view = try pciGuest("&pci { iommu-map = <0x8 &smmu 0x0 0x1>; };")
    #expect(try view.outcome("one") == .iommu("iommu@9050000"))
    #expect(try view.outcome("two") == .open(.outsideIOMMUMap))
    #expect(try view.outcome("pcie") == .open(.outsideIOMMUMap))
    #expect(view.pciHosts.first?.bypassingRequesterIDs == [0...7, 9...0xffff])
    // The pool takes those that the map leaves out.
    view = try pciGuest("&pci { memory-region = <&pool>; iommu-map = <0x8 &smmu 0x0 0x1>; };")
    #expect(try view.outcome("one") == .iommu("iommu@9050000"))
    #expect(try view.outcome("two") == .pool("restricted-dma-pool@4f000000"))
    view = try pciGuest("&pci { iommu-map = <0x0 &smmu 0x0 0x10000>; };")
    #expect(try view.outcome("pcie") == .iommu("iommu@9050000"))
    // Functions have what the map says, and the host itself does no DMA.
    view = try pciGuest("&pci { iommus = <&smmu 0x0>; };")
    #expect(try view.outcome("one") == .open(.notConfined))
    #expect(try view.outcome("pcie") == .open(.notConfined))
    view = try pciGuest("&pci { iommu-map = <0x0 &smmu 0x0 0x0>; };")
    #expect(try view.outcome("pcie") == .open(.outsideIOMMUMap))
    view = try pciGuest(
      "&smmu { status = \"disabled\"; }; &pci { iommu-map = <0x0 &smmu 0x0 0x10000>; };")
    #expect(try view.outcome("one") == .open(.iommuDisabled))
    #expect(try view.outcome("pcie") == .open(.iommuDisabled))
  }

  @Test("a host is not behind an IOMMU that some of its functions go past", .requires(.dtc))
  func twoIOMMUs() throws {
    let second = """
      / { other: iommu@9070000 { reg = <0 0x9070000 0 0x20000>; #iommu-cells = <1>; %; }; };
      """
    let map = "&pci { iommu-map = <0x0 &smmu 0x0 0x80>, <0x80 &other 0x0 0xff80>; };"
    var view = try pciGuest(
      second.replacing("%", with: "compatible = \"arm,smmu-v3\"") + map)
    #expect(try view.outcome("pcie") == .iommu("iommu@9050000"))
    view = try pciGuest(
      second.replacing("%", with: "compatible = \"arm,smmu3\"") + map)
    #expect(try view.outcome("one") == .iommu("iommu@9050000"))
    #expect(try view.outcome("two") == .open(.iommuWithoutDriver))
    #expect(try view.outcome("pcie") == .open(.iommuWithoutDriver))
    view = try pciGuest("&pci { iommu-map = <0x0 0x99 0x0 0x10000>; };")
    #expect(try view.outcome("pcie") == .open(.danglingIOMMU))
    view = try pciGuest("&pci { iommu-map = <0x0 &smmu 0x0>; };")
    #expect(try view.outcome("pcie") == .open(.danglingIOMMU))
  }

  @Test("a host without an interrupt controller does not come up", .requires(.dtc))
  func controllers() throws {
    let map = """
      &pci {
        #interrupt-cells = <1>;
        interrupt-map-mask = <0 0 0 7>;
        interrupt-map = <0 0 0 1 &gic 0 3 4>, <0 0 0 2 &gic 0 4 4>;
      };
      """
    #expect(try pciGuest(map).outcome("pcie") == .open(.notConfined))
    for (change, reason): (String, AbsenceReason) in [
      ("status = \"disabled\"", .controllerDisabled),
      ("compatible = \"arm,gicv3\"", .controllerUnknown),
    ] {
      #expect(try pciGuest(map + "&gic { \(change); };").outcome("pcie") == .absent(reason))
      // Message-signalled interrupts do without the pins.
      let msi = "/ { msi: msi { msi-controller; }; }; &pci { msi-map = <0 &msi 0 0x10000>; };"
      #expect(
        try pciGuest(map + msi + "&gic { \(change); };").outcome("pcie") == .open(.notConfined))
    }
  }

  @Test("a function that does not ask the DMA API is not confined", .requires(.dtc))
  func features() throws {
    let view = try pciGuest(
      "&pci { memory-region = <&pool>; };",
      features: DeviceFeatures(devices: [
        .init(node: "/pcie@4010000000/one@1,0", type: 2, featureBits: [32])
      ]))
    #expect(try view.outcome("one") == .open(.accessPlatformNotOffered))
    #expect(try view.outcome("two") == .pool("restricted-dma-pool@4f000000"))
  }

  @Test("a function without a node is known by its host and its requester ID", .requires(.dtc))
  func hiddenFunctions() throws {
    func told(_ requesterID: UInt16, bits: [Int] = [32, 33]) -> DeviceFeatures.Device {
      .init(node: "/pcie@4010000000", requesterID: requesterID, type: 2, featureBits: bits)
    }
    let features = DeviceFeatures(devices: [
      told(0x30), told(0x10, bits: [32]), told(0x8), told(0x10),
      .init(node: "/virtio@a000000", requesterID: 0x8, type: 2, featureBits: []),
    ])
    let view = try pciGuest("&pci { memory-region = <&pool>; };", features: features)
    #expect(view.hiddenFunctions.map(\.requesterID) == [0x10, 0x30])
    #expect(view.hiddenFunctions.map(\.functionName) == ["00:02.0", "00:06.0"])
    #expect(view.hiddenFunctions.allSatisfy { !$0.hasNode && $0.node.baseName == "pcie" })
    #expect(
      view.hiddenFunctions.map { Outcome($0.outcome) } == [
        .open(.accessPlatformNotOffered), .pool("restricted-dma-pool@4f000000"),
      ])
    #expect(view.hiddenFunctions.allSatisfy { $0.memoryRegion == nil })
    #expect(view.hiddenFunctions.allSatisfy { $0.effectivePool?.isEnabledPool ?? false })
    // One with a node is found by either name.
    #expect(view.dmaDevices.first { $0.node.baseName == "one" }?.features?.type == 2)
    let behind = try pciGuest(
      "&pci { iommu-map = <0x10 &smmu 0x0 0x1>; };", features: features)
    #expect(
      behind.hiddenFunctions.map { Outcome($0.outcome) } == [
        .open(.accessPlatformNotOffered), .open(.outsideIOMMUMap),
      ])
    #expect(try pciGuest("").hiddenFunctions.isEmpty)
    #expect(
      try pciGuest("&pci { status = \"disabled\"; };", features: features).hiddenFunctions.isEmpty)
  }

  @Test("a host is behind an IOMMU that only listed functions go past", .requires(.dtc))
  func listedPast() throws {
    let map = "&pci { iommu-map = <0x0 &smmu 0x0 0x8>, <0x9 &smmu 0x9 0xfff7>; };"
    // Function 1,0 has a node of its own, and its own outcome.
    #expect(try pciGuest(map).outcome("pcie") == .iommu("iommu@9050000"))
    #expect(try pciGuest(map).outcome("one") == .open(.outsideIOMMUMap))
    let more = "&pci { iommu-map = <0x0 &smmu 0x0 0x8>, <0x11 &smmu 0x11 0xffef>; };"
    #expect(try pciGuest(more).outcome("pcie") == .open(.outsideIOMMUMap))
    let features = DeviceFeatures(
      devices: (0x9...0x10).map {
        .init(node: "/pcie@4010000000", requesterID: $0, type: 2, featureBits: [])
      })
    #expect(try pciGuest(more, features: features).outcome("pcie") == .iommu("iommu@9050000"))
  }

  @Test("an IOMMU is open because it is one", .requires(.dtc))
  func itself() throws {
    let view = try pciGuest(
      """
      &pci {
        iommu-map = <0x0 &viommu 0x0 0x20>, <0x21 &viommu 0x21 0xffdf>;
        viommu: iommu@4,0 {
          compatible = "virtio,pci-iommu", "pci1af4,1057";
          reg = <0x2000 0x0 0x0 0x0 0x0>;
          #iommu-cells = <1>;
        };
      };
      """)
    #expect(view.dmaDevices.contains { Outcome($0.outcome) == .open(.isIOMMU) })
    #expect(try view.outcome("one") == .iommu("iommu@4,0"))
  }

  @Test("a function is named as Linux names it", .requires(.dtc))
  func names() throws {
    let view = try pciGuest("&pci { linux,pci-domain = <0x1a>; };")
    let host = try #require(view.pciHosts.first)
    #expect(
      host.functions.map { view.deviceName(of: $0.node) } == [
        "001a:00:01.0", "001a:00:1f.7", "001a:01:00.0",
      ])
    #expect(view.deviceName(of: host.node) == "4010000000.pcie")
  }

  @Test("an ID is looked up as Linux does", .requires(.dtc))
  func requesterMap() throws {
    func map(_ value: String, _ mask: String = "") throws -> RequesterMap {
      let view = try pciGuest("&pci { iommu-map = \(value); \(mask) };")
      return try #require(view.pciHosts.first?.iommuMap)
    }
    let disjoint = try map("<0x100 &smmu 0x7 0x100>, <0x0 &smmu 0x0 0x8>")
    #expect(disjoint.row(for: 0x100)?.output == 7)
    #expect(disjoint.row(for: 0x7)?.index == 1)
    #expect(disjoint.row(for: 0x8) == nil)
    #expect(disjoint.row(for: 0x200) == nil)
    #expect(disjoint.uncovered(in: 0...0x1ff) == [8...0xff])
    // Of two entries that hold it, the first in the property.
    let overlapping = try map("<0x0 &smmu 0x1 0x10>, <0x8 &smmu 0x2 0x10>")
    #expect(overlapping.row(for: 0x8)?.index == 0)
    #expect(overlapping.row(for: 0x12)?.index == 1)
    #expect(try map("<0x0 &smmu 0x0>").row(for: 0) == nil)
    let masked = try map("<0x0 &smmu 0x0 0x8>", "iommu-map-mask = <0xff>;")
    #expect(masked.row(for: 0xff07)?.index == 0)
    #expect(try map("<0x100 &smmu 0 1>", "iommu-map-mask = <0xff>;").row(for: 0) == nil)
    let end = try map("<0xffffffff &smmu 0x0 0xffffffff>")
    #expect(end.row(for: 0xffff) == nil)
    #expect(end.uncovered(in: 0...0xffff) == [0...0xffff])
  }

  @Test("the pin of a function leads to the interrupt of its row", .requires(.dtc))
  func pins() throws {
    let view = try pciGuest("")
    let functions = try #require(view.pciHosts.first).functions
    #expect(view.interrupt(ofPin: 1, of: functions[0])?.gic?.interruptID == 36)
    // Device 31 is device 3 under the mask, which has no row.
    #expect(view.interrupt(ofPin: 1, of: functions[1]) == nil)
    #expect(view.interrupt(ofPin: 2, of: functions[0]) == nil)
  }

  @Test("rows of an interrupt map are as long as their parents want", .requires(.dtc))
  func interruptMap() throws {
    func map(_ changes: String) throws -> InterruptMap {
      let view = try pciGuest(changes)
      return try #require(view.interruptMap(of: view.node("/pcie@4010000000")))
    }
    let whole = try map("")
    #expect(whole.failure == nil)
    #expect(whole.rows.map { $0.gic?.number } == [3, 4])
    let right = try map(
      """
      &pci { interrupt-map = <0x0 0x0 0x0 0x1 &gic 0x0 0x3 0x4>,
                             <0x800 0x0 0x0 0x1 &gic 0x0 0x4 0x4>,
                             <0x2800 0x0 0x0 0x1 &gic 0x0 0x5 0x4>; };
      """)
    #expect(right.rows.map { $0.gic?.number } == [3, 4, 5])
    #expect(right.shadowed.map(\.row.index) == [2])
    #expect(right.row(for: [0x10800, 0, 0, 1])?.index == 1)
    #expect(right.row(for: [0x1000, 0, 0, 1]) == nil)
    let short = try map("&pci { interrupt-map = <0x0 0x0 0x0 0x1 &gic 0x0 0x3>; };")
    guard case .truncated(cell: 0, needed: 8) = short.failure else {
      Issue.record("\(String(describing: short.failure))")
      return
    }
    let dangling = try map("&pci { interrupt-map = <0x0 0x0 0x0 0x1 0x99 0x0 0x3 0x4>; };")
    guard case .danglingParent(cell: 4) = dangling.failure else {
      Issue.record("\(String(describing: dangling.failure))")
      return
    }
  }
}

import DTGenTestSupport
import PlatformDescription
import PlatformLowering
import Testing

@Suite("machines that their VMMs describe")
struct OfferTests {
  private func lowering(
    _ architecture: Architecture, _ confidential: Confidentiality?, firmware: Firmware? = nil,
    @ComponentBuilder _ elements: () -> [Element]
  ) -> Lowering {
    Lowering(
      Platform("p") {
        VirtualMachine(
          "guest", architecture: architecture, firmware: firmware, confidential: confidential
        ) { elements() }
      })
  }

  private func protected(@ComponentBuilder _ elements: () -> [Element]) -> Lowering {
    lowering(.s390x, .s390PV, elements)
  }

  private func secure(@ComponentBuilder _ elements: () -> [Element]) -> Lowering {
    lowering(.ppc64, .powerSVM, elements)
  }

  @Test("have devices, and neither trees nor tables")
  func devices() throws {
    let lowering = secure {
      Memory(at: 0, size: .gib(1))
      CPUs(2)
      PCIHostBridge {
        VirtioPCI(.block, slot: 1)
        VirtioPCI(.entropy, slot: 1, function: 1)
      }
    }
    #expect(lowering.mistakes == [])
    #expect(lowering.machines.isEmpty)
    #expect(lowering.tables.isEmpty)
    let offer = try #require(lowering.offers.first)
    #expect(offer.devices.map(\.pciAddress?.description) == ["0000:00:01.0", "0000:00:01.1"])
    for device in offer.devices {
      #expect(device.features.contains { $0.bit == VirtioFeature.version1.bit })
      #expect(device.features.contains { $0.bit == VirtioFeature.accessPlatform.bit })
      #expect(!device.hasNode)
    }
    let open = self.lowering(.ppc64, nil) { PCIHostBridge { VirtioPCI(.block, slot: 1) } }
    let plain = try #require(open.offers.first?.devices.first)
    #expect(!plain.features.contains { $0.bit == VirtioFeature.accessPlatform.bit })
  }

  @Test("have channel devices at their numbers, the others at the lowest free ones")
  func channels() throws {
    let lowering = protected {
      VirtioCCW(.block)
      VirtioCCW(.network(), deviceNumber: 0)
      VirtioCCW(.entropy)
      VirtioCCW(.console(), deviceNumber: 2, subchannelSet: 3)
      VirtioCCW(.socket, deviceNumber: 0xffff)
      VirtioCCW(.scsi(), subchannelSet: 3)
    }
    #expect(lowering.mistakes == [])
    #expect(
      lowering.offers.first?.devices.map(\.path)
        == ["fe.0.0001", "fe.0.0000", "fe.0.0002", "fe.3.0002", "fe.0.ffff", "fe.3.0000"])
  }

  @Test("have no more devices than there are numbers")
  func full() {
    let lowering = protected {
      for _ in 0...0x1_0000 { VirtioCCW(.entropy) }
    }
    #expect(lowering.mistakes.map(\.id) == ["description/no-such-channel"])
  }

  @Test("bounce through Linux's default pool, which POWER has to be told of")
  func pools() throws {
    let small = try #require(
      secure { PCIHostBridge { VirtioPCI(.block, slot: 1) } }.offers.first?.confidentiality?
        .defaultPool)
    #expect(small.usual == 64 << 20)
    #expect(small.need > 0)
    #expect(small.kernelArgument == "swiotlb=force")
    let large = try #require(
      secure {
        PCIHostBridge { for slot in 1...24 { VirtioPCI(.network(queuePairs: 2), slot: slot) } }
      }.offers.first?.confidentiality?.defaultPool)
    let slots = try #require(large.slots)
    #expect(slots * 2048 >= large.need)
    #expect(large.kernelArgument == "swiotlb=\(slots),force")
    let channel = try #require(
      protected { VirtioCCW(.block) }.offers.first?.confidentiality?.defaultPool)
    #expect(channel.usual == 64 << 20)
    #expect(channel.kernelArgument == nil)
    let many = try #require(
      protected { for _ in 0..<24 { VirtioCCW(.network(queuePairs: 2)) } }.offers.first?
        .confidentiality?.defaultPool)
    #expect(many.kernelArgument == many.slots.map { "swiotlb=\($0)" })
    #expect(many.slots != nil)
  }

  @Test("refuse a device that would be dead, in the words of its guest")
  func dead() {
    for withheld in [VirtioFeature.version1, .accessPlatform] {
      let channel = protected { VirtioCCW(.block, withholding: [withheld]) }.mistakes
      #expect(channel.map(\.id) == ["description/confidential-device"])
      #expect(channel.first?.message.contains("Linux refuses such a device") == true)
      let function = secure {
        PCIHostBridge { VirtioPCI(.block, slot: 1, withholding: [withheld]) }
      }.mistakes
      #expect(function.map(\.id) == ["description/confidential-device"])
      #expect(function.first?.message.contains("the host can't reach") == true)
    }
    #expect(
      protected { VirtioCCW(.balloon) }.mistakes.map(\.id) == ["description/confidential-device"])
    #expect(
      secure { PCIHostBridge { VirtioPCI(.balloon, slot: 1) } }.mistakes.map(\.id)
        == ["description/confidential-device"])
    #expect(lowering(.s390x, nil) { VirtioCCW(.balloon) }.mistakes == [])
  }

  @Test("leave to the VMM what is its affair")
  func left() {
    let bounce = RestrictedDMAPool("bounce", at: 0x1000_0000, size: .mib(8))
    let heap = SharedDMAPool("heap", at: 0x1000_0000, size: .mib(8))
    let iommu = VirtioIOMMU(slot: 1)
    func ids(@ComponentBuilder _ elements: () -> [Element]) -> Set<String> {
      Set(secure(elements).mistakes.map(\.id))
    }
    #expect(
      ids {
        Memory(at: 0, size: .gib(1)) {
          bounce
          heap
        }
        PCIHostBridge(memoryRegion: bounce) { VirtioPCI(.block, slot: 1, memoryRegion: bounce) }
      } == ["description/pool-pointless"])
    #expect(
      ids {
        SMMUv3(at: 0x0905_0000, eventq: .spi(74, .edgeRising), gerror: .spi(75, .edgeRising))
        PCIHostBridge(iommu: iommu) {
          iommu
          VirtioPCI(.block, slot: 2, iommu: iommu)
        }
      } == ["description/iommu-pointless"])
    #expect(
      ids {
        PCIHostBridge(ecam: 0x40_1000_0000, buses: 0...3, firstInterrupt: .spi(3, .levelHigh)) {
          Window(.memory32, at: 0x1000_0000, size: .mib(16))
          VirtioPCI(.block, slot: 1, interrupt: .spi(4, .levelHigh))
          PCIFunction("ethernet", slot: 2, vendorID: 0x8086, deviceID: 0x10d3)
          PCIBridge(slot: 6, buses: 1...2) { VirtioPCI(.entropy, slot: 0) }
        }
        Chosen(bootArguments: "quiet")
        Alias("a", for: Label("b"))
        MemoryReservation(at: 0, size: .kib(4))
        Node("watchdog") {}
        ACPIDevice("ACPI0004")
      } == ["description/left-to-the-vmm"])
    #expect(ids { VirtioMMIO(.block) } == ["description/other-transport"])
    #expect(ids { VirtioCCW(.block) } == ["description/other-architecture"])
    #expect(ids { ArchTimer() } == ["description/other-architecture"])
    #expect(ids { CPUs(0) } == ["description/too-many-cpus"])
    #expect(ids { Memory(at: 0, size: .gib(1)) } == ["description/nothing-to-offer"])
    #expect(
      Set(
        protected { PCIHostBridge { VirtioPCI(.block, slot: 1) } }.mistakes.map(\.id))
        == ["description/other-transport"])
    #expect(
      ids {
        PCIHostBridge { VirtioPCI(.block, slot: 1).named("disk") }
      } == ["description/no-node"])
    #expect(
      ids {
        PCIHostBridge { VirtioPCI(.block, slot: 1).allowing("dma/two-pools", because: "so") }
      } == ["description/nothing-to-allow"])
    #expect(
      ids {
        PCIHostBridge {
          VirtioPCI(.block, slot: 1)
          VirtioPCI(.entropy, slot: 1)
          VirtioPCI(.entropy, slot: 3, function: 1)
        }
      } == ["description/duplicate-function", "description/no-first-function"])
    // pseries has nothing at slot 0 of its own.
    #expect(
      ids { PCIHostBridge { VirtioPCI(.entropy, slot: 0, function: 1) } }
        == ["description/no-first-function"])
    #expect(ids { PCIHostBridge { VirtioPCI(.entropy, slot: 0) } } == [])
  }

  @Test("can't be told in another form", arguments: Firmware.allCases)
  func forms(firmware: Firmware) {
    let id =
      firmware == .deviceTree ? "description/no-device-tree" : "description/no-tables"
    #expect(
      lowering(.s390x, nil, firmware: firmware) { VirtioCCW(.block) }.mistakes.map(\.id) == [id])
  }

  @Test("can't borrow the map of another machine, as only a model says")
  func borrowed() {
    var machine = VirtualMachine("guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1))
    machine.architecture = .s390x
    let lowering = Lowering(Platform("p") { machine })
    #expect(lowering.mistakes.map(\.id) == ["description/other-architecture"])
  }

  @Test("don't keep others from having trees and tables")
  func beside() {
    let platform = Platform("p") {
      VirtualMachine("arm", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1)) {
        VirtioMMIO(.block, acpi: .prp0001)
      }
      VirtualMachine("z", architecture: .s390x) { VirtioCCW(.block) }
    }
    let lowering = Lowering(platform, tables: TableOptions(isCompact: false, includesTrees: true))
    #expect(lowering.mistakes == [])
    #expect(lowering.machines.map(\.name) == ["arm"])
    #expect(lowering.tables.map(\.name) == ["arm"])
    #expect(lowering.offers.map(\.name) == ["z"])
  }

  @Test(
    "have one spelling for each channel device",
    arguments: [
      "fe.0.0001", "fe.3.ffff", "fe.0.beef",
    ])
  func spelling(text: String) { #expect(ChannelAddress(text)?.description == text) }

  @Test(
    "take no other spelling",
    arguments: [
      "", "fe", "fe.0", "fe.0.1", "fe.0.00001", "FE.0.0001", "fe.0.BEEF", "fe.4.0000", "0.0.0001",
      "fe.+0.0001", "fe.0.+001", "fe.0.0001.", "fe.0.-001", "fe..0001", "fe.0.g000",
      "fe.0.99999999999999999999",
    ])
  func misspelt(text: String) { #expect(ChannelAddress(text) == nil) }
}

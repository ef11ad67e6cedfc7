import ACPI
import DTGenTestSupport
import PlatformDescription
import PlatformLowering
import Testing

@Suite("IOMMUs in tables")
struct TableIOMMUTests {
  /// A number in a table, the lowest byte first.
  private func number(_ bytes: [UInt8], at offset: Int, _ count: Int) -> UInt64 {
    bytes.dropFirst(offset).prefix(count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  @Test("VIOT has a virtio-iommu on the bus, and every requester ID but its own behind it")
  func bus() throws {
    let iommu = VirtioIOMMU(slot: 3)
    let tables = try tables {
      VirtualMachine("guest", architecture: .x86_64) {
        PCIHostBridge(ecam: 0xb000_0000, buses: 0...0, domain: 1, iommu: iommu) {
          Window(.memory32, at: 0xc000_0000, size: .mib(1))
          VirtioPCI(.block, slot: 1)
          iommu
        }
      }
    }
    let viot = try tables.bytes("VIOT")
    #expect(number(viot, at: 36, 2) == 3)
    #expect(number(viot, at: 38, 2) == 48)
    // The IOMMU: segment 1, 00:03.0.
    #expect(Array(viot[48..<56]) == [3, 0, 16, 0, 1, 0, 0x18, 0])
    // 00:00.0 to 00:02.7, by IDs with the segment above them.
    #expect(
      Array(viot[64..<88]) == [
        1, 0, 24, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0x17, 0, 48, 0, 0, 0, 0, 0, 0, 0,
      ])
    #expect(number(viot, at: 88 + 12, 2) == 0x19)
    #expect(number(viot, at: 88 + 14, 2) == 0xffff)
    #expect(viot.count == 112)
    #expect(tables.devices.first?.translation?.endpoint == 0x1_0008)
  }

  @Test("VIOT has devices by their windows, with the ID that they state or the lowest free one")
  func windows() throws {
    let iommu = VirtioIOMMU(at: 0xfeb0_0000, interrupt: .gsi(16, .edgeRising))
    let tables = try tables {
      VirtualMachine("guest", architecture: .x86_64) {
        iommu
        VirtioMMIO(.block, at: 0xfeb0_0200, interrupt: .gsi(17, .edgeRising), iommu: iommu)
        VirtioMMIO(
          .block, at: 0xfeb0_0400, interrupt: .gsi(18, .edgeRising), iommu: iommu, endpoint: 9)
      }
    }
    let viot = try tables.bytes("VIOT")
    #expect(Array(viot[48..<64]) == [4, 0, 16, 0, 0, 0, 0, 0, 0, 0, 0xb0, 0xfe, 0, 0, 0, 0])
    #expect(
      Array(viot[64..<88]) == [
        2, 0, 24, 0, 0, 0, 0, 0, 0, 2, 0xb0, 0xfe, 0, 0, 0, 0, 48, 0, 0, 0, 0, 0, 0, 0,
      ])
    #expect(number(viot, at: 88 + 4, 4) == 9)
    #expect(
      tables.devices.allSatisfy { $0.deviceID == 23 || $0.features.contains(.accessPlatform) })
    #expect(tables.devices.last?.translation == .init(iommu: "\\_SB.D000", endpoint: 9))
  }

  @Test("IORT has an SMMU with what is behind it, and leads the rest to the ITS", .requires(.iasl))
  func smmu() throws {
    let smmu = SMMUv3(
      at: 0x0905_0000, eventq: .spi(74, .edgeRising), gerror: .spi(77, .edgeRising))
    let tables = try armTables {
      GICv3(distributor: 0x0800_0000, redistributors: 0x080a_0000) { ITS(at: 0x0808_0000) }
      smmu
      VirtioMMIO(
        .block, at: 0x0a00_0000, interrupt: .spi(16, .edgeRising), iommu: smmu, endpoint: 5)
      PCIHostBridge(ecam: 0x40_1000_0000, buses: 0...0, domain: 2, iommu: smmu) {
        Window(.memory32, at: 0x1000_0000, size: .mib(512))
        PCIFunction("trusted", slot: 0, vendorID: 0x8086, deviceID: 0x10d3) {}.bypassingIOMMU()
      }
    }
    let text = try IASL.disassemble([tables.bytes("IORT")]).source
    func values(_ field: String) -> [String] {
      text.split(separator: "\n").filter { $0.contains("] ") && $0.contains(" \(field) :") }
        .compactMap { $0.split(separator: ":").last.map { $0.drop { $0 == " " } }.map(String.init) }
    }
    #expect(values("Node Count") == ["00000004"])
    #expect(values("Event GSIV") == ["0000006A"])
    #expect(values("PRI GSIV") == ["00000000"])
    #expect(values("GERR GSIV") == ["0000006D"])
    #expect(values("PCI Segment Number") == ["00000002"])
    // SMMU to ITS; the function that bypasses, and the others; the device beside the bus.
    #expect(values("Input base") == ["00000000", "00000000", "00000001", "00000000"])
    #expect(values("ID Count") == ["FFFFFFFE", "00000000", "0000FFFE", "00000000"])
    #expect(values("Output Base") == ["00000000", "00020000", "00020001", "00000005"])
    #expect(values("Output Reference") == ["00000030", "00000030", "00000048", "00000048"])
    #expect(text.contains("\"\\_SB_.D000\""))
  }

  /// A disk behind an SMMU, and a region with these words.
  private func reserved(
    at: GuestAddress = 0x5000_0000, size: ByteCount = .mib(1), addresses: [Cell]? = nil,
    behindSMMU: Bool = true
  ) -> VirtualMachine {
    let smmu = SMMUv3(
      at: 0x0905_0000, eventq: .spi(74, .edgeRising), gerror: .spi(77, .edgeRising))
    let disk = Label("disk")
    let cells = addresses ?? [0, 0x5000_0000, 0, 0x10_0000]
    let region = ReservedMemory("frames", at: at, size: size).adding {
      Property("iommu-addresses", cells: [.phandle(disk)] + cells)
    }
    return VirtualMachine("guest", architecture: .arm64, firmware: .acpi) {
      smmu
      region
      if behindSMMU {
        VirtioMMIO(
          .block, at: 0x0a00_0000, interrupt: .spi(16, .edgeRising), memoryRegion: region,
          iommu: smmu, endpoint: 5
        ).labelled(disk)
      } else {
        VirtioMMIO(.block, at: 0x0a00_0000, interrupt: .spi(16, .edgeRising)).labelled(disk)
      }
    }
  }

  @Test("IORT has memory that a device behind an SMMU reaches at its own address")
  func reservedMemory() throws {
    let bytes = try tables { reserved() }.bytes("IORT")
    let image = try #require(try TableFile(bytes).tables.first)
    let iort = try IORT(image)
    let node = try #require(iort.nodes.last)
    #expect(
      node.kind
        == .reservedMemory(
          flags: 0x14, ranges: [IORTMemoryRange(base: 0x5000_0000, length: 0x10_0000)]))
    #expect(node.mappings.map(\.outputBase) == [5])
    #expect(node.mappings.map(\.isSingle) == [true])
    let smmu = try #require(node.mappings.first?.output)
    if case .smmuV3 = iort.nodes[smmu].kind {} else { Issue.record("leads to node \(smmu)") }
  }

  @Test("memory that IORT can't tell of is refused")
  func unreservedMemory() {
    #expect(
      tableMistakes {
        reserved(size: .bytes(0x10_1000), addresses: [0, 0x5000_0000, 0, 0x10_1000])
      }
        == ["description/misaligned-range"])
    #expect(
      tableMistakes { reserved(addresses: [0, 0x6000_0000, 0, 0x10_0000]) }
        == ["description/no-acpi-form"])
    #expect(tableMistakes { reserved(addresses: [0, 1]) } == ["description/no-acpi-form"])
    #expect(tableMistakes { reserved(behindSMMU: false) } == ["description/no-acpi-form"])
  }

  @Test("more devices than VIOT has room for are refused, at the first one without")
  func room() throws {
    let iommu = VirtioIOMMU(at: 0xfeb0_0000, interrupt: .gsi(16, .edgeRising))
    func machine(devices: Int) -> VirtualMachine {
      var machine = VirtualMachine("guest", architecture: .x86_64) {}
      machine.elements = [iommu.element]
      for index in 0..<devices {
        let device = VirtioMMIO(
          .block, at: 0x1_0000_0000 + index * 0x200, interrupt: .gsi(17, .levelHigh), iommu: iommu,
          line: index)
        machine.elements.append(device.element)
      }
      return machine
    }
    let mistakes = Lowering(Platform("p") { machine(devices: 65_536) }).mistakes
    #expect(mistakes.map(\.id) == ["description/too-many-devices"])
    // Of 65,535 nodes one is the IOMMU.
    #expect(mistakes.first?.location?.line == VIOT.mostNodes - 1)
  }

  @Test("there is no table where nothing is behind anything")
  func nothing() throws {
    let tables = try armTables {
      GICv3(distributor: 0x0800_0000, redistributors: 0x080a_0000)
      PCIHostBridge(ecam: 0x40_1000_0000, buses: 0...0) {
        Window(.memory32, at: 0x1000_0000, size: .mib(512))
        VirtioIOMMU(slot: 3)
      }
    }
    #expect(tables.tables.map(\.signature) == ["SSDT", "MCFG"])
  }
}

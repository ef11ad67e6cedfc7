import ACPI
import PlatformDescription
import PlatformLowering
import Testing

@Suite("PCI hosts in tables")
struct TablePCITests {
  private func host(
    _ architecture: Architecture = .arm64, _ host: PCIHostBridge
  ) throws -> LoweredTables {
    try tables {
      VirtualMachine("guest", architecture: architecture, firmware: .acpi) { host }
    }
  }

  /// The descriptors of `_CRS`.
  private func resources(_ tables: LoweredTables) throws -> [ResourceDescriptor] {
    guard case .resources(let found)? = try tables.value("_CRS", of: "D000") else { return [] }
    return found
  }

  @Test("have their buses and windows, and their configuration space elsewhere")
  func windows() throws {
    let tables = try host(
      .arm64,
      PCIHostBridge(ecam: 0x40_1000_0000, buses: 2...3, domain: 7) {
        Window(.memory32, at: 0x50_0000_0000, size: .mib(16), busAddress: 0x1000_0000)
        Window(.io, at: 0x3eff_0000, size: .kib(64), busAddress: 0x1000)
        Window(.memory64, at: 0x80_0000_0000, size: .gib(1), prefetchable: true)
      })
    #expect(
      try resources(tables) == [
        .addressSpace(AddressSpaceDescriptor(.word, .busNumber, minimum: 2, length: 2)),
        .addressSpace(
          AddressSpaceDescriptor(
            .quadWord, .memory(.nonCacheable), minimum: 0x1000_0000, length: 0x100_0000,
            translation: 0x4f_f000_0000)),
        .addressSpace(
          AddressSpaceDescriptor(
            .doubleWord, .io(.entireRangeTranslated), minimum: 0x1000, length: 0x1_0000,
            translation: 0x3efe_f000)),
        .addressSpace(
          AddressSpaceDescriptor(
            .quadWord, .memory(.prefetchable), minimum: 0x80_0000_0000, length: 0x4000_0000)),
      ])
    #expect(try tables.value("_SEG", of: "D000") == .integer(7))
    #expect(try tables.value("_BBN", of: "D000") == .integer(2))
    #expect(try tables.value("_HID", of: "D001") == .eisaID("PNP0C02"))
    #expect(
      try tables.value("_CRS", of: "D001")
        == .resources([
          .addressSpace(
            AddressSpaceDescriptor(
              .quadWord, .memory(.nonCacheable), minimum: 0x40_1000_0000, length: 0x20_0000,
              isConsumer: true))
        ]))
    // MCFG says where bus 0 would be.
    let mcfg = try tables.bytes("MCFG")
    #expect(
      Array(mcfg.dropFirst(44)) == [
        0, 0, 0xe0, 0x0f, 0x40, 0, 0, 0, 7, 0, 2, 3, 0, 0, 0, 0,
      ])
    #expect(mcfg.reduce(0, &+) == 0)
  }

  @Test("of x86_64 have the processor's own ports")
  func ports() throws {
    let tables = try host(
      .x86_64,
      PCIHostBridge(ecam: 0xb000_0000, buses: 0...255) {
        Window(.io, at: 0x1000, size: .kib(60))
        Window(.memory32, at: 0xc000_0000, size: .mib(1))
      })
    #expect(
      try resources(tables).dropFirst().first
        == .addressSpace(
          AddressSpaceDescriptor(.word, .io(.entireRange), minimum: 0x1000, length: 0xf000)))
  }

  @Test("lead pins to interrupts by number where Linux guesses the trigger, else to link devices")
  func pins() throws {
    func routing(_ architecture: Architecture, _ first: Interrupt) throws -> (LoweredTables, [Term])
    {
      let tables = try host(
        architecture,
        PCIHostBridge(ecam: 0xb000_0000, buses: 0...0, firstInterrupt: first) {
          Window(.memory32, at: 0xc000_0000, size: .mib(1))
        })
      guard case .package(let rows, _)? = try tables.value("_PRT", of: "D000") else {
        return (tables, [])
      }
      return (tables, rows)
    }
    let (arm, direct) = try routing(.arm64, .spi(3, .levelHigh))
    #expect(direct.count == 128)
    #expect(arm.objects.count == 2)
    // INTB of slot 5 is two further on than INTA of slot 0.
    #expect(
      direct[21]
        == .package([.integer(0x5_ffff), .integer(1), .integer(0), .integer(35 + 2)]))
    let (pc, _) = try routing(.x86_64, .gsi(16, .levelLow))
    #expect(pc.objects.count == 2)
    let (links, linked) = try routing(.x86_64, .gsi(16, .levelHigh))
    #expect(
      links.objects.filter { $0.hardwareID == "PNP0C0F" }.map(\.interrupts) == [
        [16], [17], [18], [19],
      ])
    #expect(
      linked[21] == .package([.integer(0x5_ffff), .integer(1), .path("\\_SB.D003"), .integer(0)]))
    #expect(
      try links.value("_PRS", of: "D003")
        == .resources([
          .interrupt(ExtendedInterrupt([18], mode: InterruptMode(isEdge: false, isShared: true)))
        ]))
  }

  @Test("have a device for each function of which something has to be said")
  func functions() throws {
    let label = Label("disk")
    let tables = try tables {
      VirtualMachine("guest", architecture: .x86_64) {
        PCIHostBridge(ecam: 0xb000_0000, buses: 0...9) {
          Window(.memory32, at: 0xc000_0000, size: .mib(1))
          VirtioPCI(.block, slot: 1)
          VirtioPCI(.network(), slot: 2)
          VirtioPCI(.network(), slot: 2, function: 3).adding { Property("label", "uplink") }
          PCIBridge(slot: 31, buses: 1...1) { VirtioPCI(.block, slot: 0).labelled(label) }
        }
        ACPIDevice("PRP0001") {
          Property("compatible", "a,b")
          Property("disk", .phandle(label))
        }
      }
    }
    #expect(
      try tables.device("S13") == [
        .name("_ADR", .integer(0x2_0003)),
        .name(
          "_DSD",
          .package([
            .uuid(.deviceProperties), .package([.package([.string("label"), .string("uplink")])]),
          ])),
      ])
    #expect(
      try tables.device("SF8") == [
        .name("_ADR", .integer(0x1f_0000)), .device("S00", [.name("_ADR", .integer(0))]),
      ])
    #expect(!tables.text.contains("Device (S08)"))
    #expect(tables.text.contains("\"disk\", \\_SB.D000.SF8.S00"), "\(tables.text)")
    #expect(tables.devices.map(\.path) == Array(repeating: "\\_SB.D000", count: 4))
    #expect(tables.devices.last?.pciAddress?.description == "0000:01:00.0")
  }
}

import ACPI
import DTGenTestSupport
import Testing

@Suite("Tables without AML")
struct FixedTableTests {
  private static let uart = GenericRegister(
    .systemMemory, bitWidth: 32, accessSize: 3, address: 0x0900_0000)

  private static let mcfg = MCFG([
    MCFG.Allocation(base: 0x40_1000_0000), MCFG.Allocation(base: 1 << 32, segment: 1, endBus: 15),
  ])

  private static let madt: MADT = {
    var v2 = GICC(uid: 1, mpidr: 1)
    v2.address = 0x0801_0000
    v2.performanceInterrupt = 23
    return MADT([
      .gicd(id: 0, address: 0x0800_0000, version: 3), .gicc(GICC(uid: 0, mpidr: 0)), .gicc(v2),
      .gicr(address: 0x080a_0000, length: 0xf6_0000), .its(id: 0, address: 0x0808_0000),
      .gicMSIFrame(id: 0, address: 0x0802_0000, flags: 1, count: 64, firstInterrupt: 80),
    ])
  }()

  private static let x86 = MADT(
    localAPICAddress: 0xfee0_0000, flags: 1,
    [
      .localAPIC(uid: 0, id: 0, flags: 1), .localX2APIC(id: 256, flags: 1, uid: 256),
      .ioAPIC(id: 0, address: 0xfec0_0000, firstInterrupt: 0),
      .interruptOverride(source: 0, interrupt: 2, flags: 0),
      .other(type: 4, payload: [255, 0, 0, 1]),
    ])

  private static let iort = IORT([
    IORTNode(.its([0])),
    IORTNode(
      .smmuV3(IORTSMMUv3(base: 0x0905_0000, firstInterrupt: 106)),
      mappings: [IORTMapping(count: 0x1_0000, output: 0)]),
    IORTNode(
      .rootComplex(IORTRootComplex()), mappings: [IORTMapping(count: 0x1_0000, output: 1)]),
    IORTNode(
      .namedComponent(IORTNamedComponent("\\_SB.DEV0")),
      mappings: [IORTMapping(count: 1, outputBase: 7, output: 1, isSingle: true)]),
  ])

  private static let fadt: FADT = {
    var fadt = FADT(dsdt: 0x4000_1000, armBootFlags: 3)
    fadt.reset = FADT.Reset(uart, value: 5)
    fadt.flags |= FADT.resetRegister
    fadt.sleepControl = uart
    return fadt
  }()

  private static let gtdt = GTDT(
    secureEL1: GTDT.Timer(29, flags: 4), nonSecureEL1: GTDT.Timer(30, flags: 4),
    virtual: GTDT.Timer(27, flags: 4), nonSecureEL2: GTDT.Timer(26, flags: 4))

  private static let spcr = SPCR(
    interfaceType: 3, register: uart, interruptType: 8, interrupt: 33)

  private static let dbg2 = DBG2([
    DBG2.Port(subtype: 3, registers: [DBG2.Port.Range(uart, length: 0x1000)], path: "\\_SB.COM0")
  ])

  private static let viot = VIOT([
    .mmioIOMMU(base: 0x0a00_0000), .pciIOMMU(segment: 0, bdf: 8),
    .pciRange(firstEndpoint: 0, segments: 0...0, bdfs: 0x10...0xffff, output: 1),
    .mmioEndpoint(id: 0x1_0000, base: 0x0a00_0200, output: 0),
  ])

  private static func all() throws -> [[UInt8]] {
    [
      try mcfg.bytes(), try madt.bytes(), try x86.bytes(), try iort.bytes(), try fadt.bytes(),
      try gtdt.bytes(), try spcr.bytes(), try dbg2.bytes(), try XSDT([1, 2, 3]).bytes(),
    ]
  }

  private func image(_ bytes: [UInt8]) throws -> TableImage {
    let file = try TableFile(bytes)
    #expect(file.problems == [])
    return try #require(file.tables.first)
  }

  @Test("iasl makes the same bytes of its own text of them", .requires(.iasl))
  func oracle() throws {
    for table in try Self.all() {
      let result = try IASL.disassemble([table])
      #expect(result.warnings == "")
      let again = try IASL.compile(result.source).bytes
      // iasl 20200925 knows no flags at the end of a root complex.
      if table.starts(with: "IORT".utf8) { continue }
      #expect(anonymous(again) == anonymous(table), "\(firstDifference(again, table))")
    }
  }

  @Test("are read as they were written")
  func roundTrip() throws {
    #expect(try MADT(image(Self.madt.bytes())).entries == Self.madt.entries)
    #expect(try MADT(image(Self.x86.bytes())).entries == Self.x86.entries)
    #expect(
      try MCFG(image(Self.mcfg.bytes())).allocations.map(\.base)
        == Self.mcfg.allocations.map(\.base))
    let iort = try IORT(image(Self.iort.bytes()))
    #expect(iort.nodes.map(\.kind) == Self.iort.nodes.map(\.kind))
    #expect(try iort.bytes() == Self.iort.bytes())
    #expect(iort.nodes.flatMap { $0.mappings.map(\.count) } == [0x1_0000, 0x1_0000, 1])
    #expect(try FADT(image(Self.fadt.bytes())) == Self.fadt)
    #expect(try GTDT(image(Self.gtdt.bytes())) == Self.gtdt)
    #expect(try SPCR(image(Self.spcr.bytes())) == Self.spcr)
    #expect(try DBG2(image(Self.dbg2.bytes())) == Self.dbg2)
    #expect(try VIOT(image(Self.viot.bytes())).nodes == Self.viot.nodes)
    #expect(try XSDT(image(XSDT([1, 2, 3]).bytes())).addresses == [1, 2, 3])
    #expect(try RSDP(image(RSDP(xsdt: 0x4000_0000).bytes)).xsdt == 0x4000_0000)
  }

  @Test("reserved memory stands behind its mappings")
  func reservedMemory() throws {
    let range = IORTMemoryRange(base: 0x1000_0000, length: 0x1_0000)
    let table = IORT([
      IORTNode(.smmuV3(IORTSMMUv3(base: 0x0905_0000, firstInterrupt: 106))),
      IORTNode(
        .reservedMemory(flags: 1, ranges: [range]),
        mappings: [IORTMapping(count: 1, outputBase: 5, output: 0, isSingle: true)]),
    ])
    let read = try IORT(image(table.bytes()))
    #expect(read.nodes.map(\.kind) == table.nodes.map(\.kind))
    #expect(try read.bytes() == table.bytes())
  }

  @Test("any beginning, and any other byte, is an error or a table")
  func hostile() throws {
    for table in try Self.all() + [Self.viot.bytes()] {
      for place in 36..<table.count {
        for value: UInt8 in [0, 1, 0x7f, 0xff] {
          var mutated = table
          mutated[place] = value
          read(mutated)
        }
        read(Array(table[..<place]))
      }
    }
  }

  private func read(_ bytes: [UInt8]) {
    guard let image = try? TableFile(bytes).tables.first else { return }
    _ = (try? MADT(image), try? MCFG(image), try? IORT(image), try? VIOT(image))
    _ = (try? FADT(image), try? GTDT(image), try? SPCR(image), try? DBG2(image), try? XSDT(image))
  }

  @Test("what has no room in a table is refused", arguments: [0xffff, 0x1_0000])
  func room(count: Int) throws {
    let nodes = [VIOT.Node](repeating: .mmioIOMMU(base: 0), count: count)
    if count == 0xffff {
      #expect(try VIOT(nodes).body().count == 12 + 16 * count)
    } else {
      #expect(throws: ACPIError(.notWritable, "")) { try VIOT(nodes).body() }
    }
    // An IOMMU that stands behind where 16 bits reach.
    let far = nodes.prefix(0x2000) + [.mmioEndpoint(id: 0, base: 0, output: 0x1fff)]
    #expect(throws: ACPIError(.notWritable, "")) { try VIOT(Array(far)).body() }
    let mappings = { (count: Int) in
      [IORTMapping](repeating: IORTMapping(count: 1, output: 0), count: count)
    }
    let most = IORTRootComplex.mostMappings
    #expect(
      try IORT([IORTNode(.rootComplex(IORTRootComplex()), mappings: mappings(most))]).body().count
        <= 12 + 0xffff)
    #expect(throws: ACPIError(.notWritable, "")) {
      try IORT([IORTNode(.rootComplex(IORTRootComplex()), mappings: mappings(most + 1))]).body()
    }
  }

  @Test("a literal that is no UUID is refused with the object that it stands in")
  func uuid() throws {
    let table = DefinitionBlock.ssdt(
      "TEST",
      [
        .scope(
          "\\_SB", [.device("DEV0", [.name("_DSD", .package([.uuid("daffd814"), .package([])]))])])
      ])
    let error = #expect(throws: ACPIError.self) { try table.bytes() }
    #expect(error?.objectPath == "\\_SB.DEV0._DSD")
    #expect(error?.message.hasPrefix("'daffd814' is no UUID") == true)
  }

  @Test("what names no node is refused")
  func refused() {
    #expect(throws: ACPIError(.notWritable, "")) {
      try VIOT([.mmioEndpoint(id: 0, base: 0, output: 1)]).bytes()
    }
    #expect(throws: ACPIError(.notWritable, "")) {
      try IORT([IORTNode(.its([0]), mappings: [IORTMapping(count: 1, output: 1)])]).bytes()
    }
  }

  @Test(
    "those of QEMU are read", .requires(.qemuX86), .requires(.qemuArm), arguments: QEMUTables.all)
  func machines(_ machine: QEMUTables) throws {
    let images = try TableFile(machine.tables().flatMap { $0 }).tables
    for image in images {
      switch image.header.signature {
      case "APIC":
        let madt = try MADT(image)
        #expect(!madt.entries.isEmpty)
        #expect(madt.byteOffsets.count == madt.entries.count)
      case "MCFG": #expect(try !MCFG(image).allocations.isEmpty)
      case "IORT": #expect(try !IORT(image).nodes.isEmpty)
      case "VIOT": #expect(try !VIOT(image).nodes.isEmpty)
      case "FACP": _ = try FADT(image)
      case "GTDT": #expect(try GTDT(image).virtual.interrupt == 27)
      case "SPCR": #expect(try SPCR(image).register.address == 0x0900_0000)
      case "DBG2": #expect(try DBG2(image).ports.count == 1)
      default: break
      }
    }
  }
}

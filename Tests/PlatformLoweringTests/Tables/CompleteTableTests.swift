import ACPI
import DTGenTestSupport
import PlatformDescription
import PlatformLowering
import Testing

@Suite("complete sets of tables")
struct CompleteTableTests {
  private static func machine(
    gic: Machine.GICVersion, its: Bool = true, virtualization: Bool = false, cpus: Int = 4,
    firmware: Firmware = .hardwareReducedACPI,
    @ComponentBuilder _ elements: () -> [Element] = { [] }
  ) -> VirtualMachine {
    VirtualMachine(
      "guest",
      on: .qemuVirt(gic: gic, its: its, virtualization: virtualization, firmware: true),
      cpus: cpus, memory: .mib(128), firmware: firmware, elements)
  }

  private static func images(_ tables: [[UInt8]]) throws -> [String: TableImage] {
    var images: [String: TableImage] = [:]
    for table in tables {
      let file = try TableFile(table)
      #expect(file.problems == [])
      for image in file.tables { images[image.header.signature] = image }
    }
    return images
  }

  private static func lowered(_ machine: VirtualMachine) throws -> [[UInt8]] {
    try tables { machine }.tables.map { try $0.bytes() }
  }

  @Test(
    "say of QEMU's machine what QEMU's own say", .requires(.qemuArm),
    arguments: [
      ("virt,gic-version=3", Machine.GICVersion.v3, false, false),
      ("virt,gic-version=2", .v2, false, false),
      ("virt,gic-version=3,iommu=smmuv3", .v3, false, true),
      ("virt,gic-version=3,virtualization=on", .v3, true, false),
    ])
  func qemu(
    options: String, gic: Machine.GICVersion, virtualization: Bool, hasSMMU: Bool
  ) throws {
    let smmu = SMMUv3()
    let machine = Self.machine(gic: gic, virtualization: virtualization) {
      if hasSMMU {
        smmu
        PCIHostBridge(iommu: smmu)
      }
    }
    let ours = try Self.images(Self.lowered(machine))
    let theirs = try Self.images(
      QEMUTables.arm64(options, "-smp 4")
        .tables())
    func both(_ signature: String) throws -> (TableImage, TableImage) {
      try (#require(ours[signature]), #require(theirs[signature]))
    }
    let (ourMADT, theirMADT) = try both("APIC")
    let ourEntries = try Set(MADT(ourMADT).entries.map(Self.plain))
    let theirEntries = try Set(MADT(theirMADT).entries.map(Self.plain))
    #expect(ourEntries == theirEntries)
    let (ourFADT, theirFADT) = try both("FACP")
    #expect(try FADT(ourFADT).flags & FADT.hardwareReduced != 0)
    #expect(try FADT(ourFADT).armBootFlags == FADT(theirFADT).armBootFlags)
    let (ourGTDT, theirGTDT) = try both("GTDT")
    for timer in [\GTDT.secureEL1, \.nonSecureEL1, \.virtual, \.nonSecureEL2] {
      let (our, their) = (try GTDT(ourGTDT)[keyPath: timer], try GTDT(theirGTDT)[keyPath: timer])
      #expect(our.interrupt == their.interrupt)
      // QEMU calls one of the four always on, and its tree all of them.
      #expect(our.flags & 3 == their.flags & 3)
    }
    let (ourSPCR, theirSPCR) = try both("SPCR")
    #expect(try SPCR(ourSPCR).interfaceType == SPCR(theirSPCR).interfaceType)
    #expect(try SPCR(ourSPCR).register.address == SPCR(theirSPCR).register.address)
    #expect(try SPCR(ourSPCR).interrupt == SPCR(theirSPCR).interrupt)
    let (ourMCFG, theirMCFG) = try both("MCFG")
    #expect(try MCFG(ourMCFG).allocations.map(\.base) == MCFG(theirMCFG).allocations.map(\.base))
    #expect(
      try MCFG(ourMCFG).allocations.map(\.endBus) == MCFG(theirMCFG).allocations.map(\.endBus))
    guard gic == .v3 else { return }
    let (ourIORT, theirIORT) = try both("IORT")
    let (ourNodes, theirNodes) = (
      try IORT(ourIORT).nodes.map(Self.plain), try IORT(theirIORT).nodes.map(Self.plain)
    )
    #expect(ourNodes == theirNodes)
  }

  /// Without what QEMU alone says: a performance counter's interrupt, for which there is no noun, virtual
  /// interfaces that a guest without guests has no use for, and what a frame's own registers tell.
  private static func plain(_ entry: MADTEntry) -> MADTEntry {
    switch entry {
    case .gicc(var gicc):
      gicc.performanceInterrupt = 0
      (gicc.virtualAddress, gicc.hypervisorAddress) = (0, 0)
      return .gicc(gicc)
    case .gicMSIFrame(let id, let address, _, _, _):
      return .gicMSIFrame(id: id, address: address, flags: 0, count: 0, firstInterrupt: 0)
    default: return entry
    }
  }

  /// What a node is, and where its first ids go: QEMU has only those of bus 0 behind its SMMU, because
  /// nobody has given its buses numbers yet.
  private static func plain(_ node: IORTNode) -> String {
    var text: String
    switch node.kind {
    case .its(let ids): text = "ITS \(ids)"
    case .rootComplex(let complex): text = "RC \(complex.segment) \(complex.isCoherent)"
    case .smmuV3(let smmu): text = "SMMU \(smmu.base) \(smmu.eventInterrupt) \(smmu.errorInterrupt)"
    default: text = "\(node.kind)"
    }
    for mapping in node.mappings.prefix(1) { text += ", \(mapping.inputBase) to \(mapping.output)" }
    return text
  }

  @Test(
    "lead from one to the other, wherever they are put", arguments: [0, 0x4000_0000] as [UInt64])
  func pointers(base: UInt64) throws {
    let layout = try FirmwareTables(Self.lowered(Self.machine(gic: .v3))).laidOut(at: base)
    let file = try TableFile(layout.bytes)
    #expect(file.problems == [])
    func image(at address: UInt64) throws -> TableImage {
      try #require(
        file.tables.first { UInt64($0.byteRange.lowerBound) == address &- base })
    }
    let root = try RSDP(image(at: base))
    let xsdt = try XSDT(image(at: root.xsdt))
    let signatures = try xsdt.addresses.map { try image(at: $0).header.signature }
    #expect(signatures == ["FACP", "APIC", "GTDT", "SPCR", "MCFG", "IORT"])
    let fadt = try FADT(image(at: xsdt.addresses[0]))
    #expect(try image(at: fadt.dsdt).header.signature == "DSDT")
  }

  @Test("have QEMU's firmware make the same of them")
  func loader() throws {
    let set = FirmwareTables(try Self.lowered(Self.machine(gic: .v3)))
    let files = try set.firmwareFiles()
    #expect(files.loader.count % 128 == 0)
    let commands = stride(from: 0, to: files.loader.count, by: 128).map { files.loader[$0] }
    // Two files; six tables of the XSDT and the DSDT of the FADT; their sums; the RSDP's pointer and sums.
    #expect(commands.count { $0 == 1 } == 2)
    #expect(commands.count { $0 == 2 } == 8)
    #expect(commands.count { $0 == 3 } == 4)
    // Two sums are right only when pointers are addresses, which is no fault of a file for a loader.
    let images = try TableFile(files.tables)
    #expect(images.tables.count == 8)
    #expect(images.awaitsLoader)
    #expect(images.problems.isEmpty)
  }

  @Test("a set without a DSDT, or behind the last address, is refused")
  func refused() throws {
    let all = try Self.lowered(Self.machine(gic: .v3))
    #expect(throws: ACPIError(.notWritable, "")) { try FirmwareTables(all).laidOut(at: .max - 100) }
    #expect(throws: ACPIError(.notWritable, "")) {
      try FirmwareTables(Array(all[1...])).laidOut(at: 0)
    }
    #expect(throws: ACPIError(.notWritable, "")) { try FirmwareTables([]).firmwareFiles() }
  }

  @Test("what they are made of has to be there, on a machine whose tables these can be")
  func mistakes() {
    #expect(
      tableMistakes {
        VirtualMachine("guest", architecture: .arm64, firmware: .hardwareReducedACPI) {}
      }
        == [String](repeating: "description/incomplete-tables", count: 4))
    #expect(
      tableMistakes {
        VirtualMachine("guest", architecture: .x86_64, firmware: .hardwareReducedACPI) { CPUs(1) }
      } == ["description/no-acpi-form"])
    #expect(
      tableMistakes { Self.machine(gic: .v2, cpus: 9) }.first == "description/too-many-cpus")
  }

  @Test(
    "the DSDT is loaded, with the processors of the MADT", .requires(.acpiexec), arguments: [1, 4])
  func processors(cpus: Int) throws {
    let dsdt = try Self.lowered(Self.machine(gic: .v3, cpus: cpus))[0]
    for index in 0..<cpus {
      let result = try ACPIExec.run(["evaluate \\_SB.C00\(index)._UID"], on: [dsdt])
      #expect(result.complaints == "")
      #expect(result.text.contains("[Integer] = 000000000000000\(index)"))
    }
  }
}

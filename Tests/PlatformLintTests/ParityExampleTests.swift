import ACPI
import DTGenTestSupport
import DeviceTree
import Diagnostics
import GuestView
import PlatformLint
import Testing

@Suite("Every example of a tree beside tables", .requires(.dtc))
struct ParityExampleTests {
  private static let ids = RuleCatalogue.forParity.map { $0.id }

  private func rule(_ id: String) throws -> any ParityRule.Type {
    try #require(RuleCatalogue.rule(id) as? any ParityRule.Type)
  }

  private func view(_ example: ParityExample) throws -> ParityView {
    let bytes = try ExampleCompiler(example.tree.source).bytes
    return try example.view(try FlattenedTree(bytes))
  }

  @Test("a good example has no finding of any rule, of one or of both", arguments: ids)
  func goodExamplesAreClean(id: String) throws {
    for example in try rule(id).goodPairs {
      let view = try view(example)
      #expect(Linter().lint(view).findings.map(\.line) == [])
      #expect(Linter().lint(view.tree).findings.map(\.line) == [])
      #expect(Linter().lint(view.tables).findings.map(\.line) == [])
    }
  }

  @Test("a bad example is found at the places that are named, by its rule alone", arguments: ids)
  func badExamplesAreFound(id: String) throws {
    for example in try rule(id).badPairs {
      let findings = Linter().lint(try view(example), file: "example.dtb").findings
      #expect(findings.filter { $0.rule != id }.map(\.line) == [])
      #expect(
        Set(findings.map(\.tablePlace)) == Set(example.places), "\(findings.map(\.line))")
      #expect(findings.count == example.places.count)
      for finding in findings {
        #expect(finding.message.isPhrase, "\(finding.message)")
        for related in finding.related { #expect(related.message.isPhrase, "\(related.message)") }
        for value in [finding.found, finding.expected].compactMap(\.self) {
          #expect(!value.isEmpty && !value.hasSuffix("."), "\(value)")
        }
        let isOfBase = finding.place.node == "APIC" && example.tables.base != .none
        let isOfTree = finding.place.node?.hasPrefix("/") ?? false
        #expect(
          finding.place.file == (isOfTree ? "example.dtb" : isOfBase ? "base.aml" : "example.aml"))
        #expect(finding.place.byteOffset != nil)
        if id != "parity/processor-differs" {
          let consequence = finding.consequence ?? ""
          #expect(consequence.contains("given both, it goes by the t"), "\(consequence)")
        }
      }
    }
  }
}

@Suite("A tree and tables of one machine, between which one thing differs", .requires(.dtc))
struct ParityTests {
  /// A difference: what is changed in the tree, or in the tables, and the rule that has to find it.
  struct Difference: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let rule: String
    var tree = ""
    var tables = Tables()

    init(_ name: String, _ rule: String, tree: String) {
      testDescription = name
      self.rule = rule
      self.tree = tree
    }

    init(_ name: String, _ rule: String, tables change: (inout Tables) -> Void) {
      testDescription = name
      self.rule = rule
      change(&tables)
    }
  }

  /// The tables of the example guest with an IOMMU.
  struct Tables: Sendable {
    var disk = PlantedDefect.device(uid: 0)
    var network = PlantedDefect.device("VIO1", uid: 1, base: 0x0a00_0200, interrupt: 49)
    var console: UInt64 = 0x0900_0000
    var segment: UInt64 = 0
    var ecam: UInt64 = 0x40_1000_0000
    var buses: UInt64 = 256
    var busAddress: UInt64 = 0x1000_0000
    var firstRoute: UInt64 = 35
    var streams: UInt32 = 0
    var smmu: UInt64 = 0x0905_0000
    var its: UInt64 = 0x0808_0000
    var mpidr: UInt64 = 0
    var virtualTimer: UInt32 = 27

    func bytes() throws -> [UInt8] {
      var low = AddressSpaceDescriptor(
        .quadWord, .memory(.nonCacheable), minimum: busAddress, length: 0x2000_0000)
      low.translation = 0x1000_0000 &- busAddress
      let high = AddressSpaceDescriptor(
        .quadWord, .memory(.nonCacheable), minimum: 0x80_0000_0000, length: 0x80_0000_0000)
      let routes: [Term] = (0..<4).map { device in
        .package([
          .integer(device << 16 | 0xffff), .integer(0), .integer(0),
          .integer(device == 0 ? firstRoute : 35 + device),
        ])
      }
      let terms: [Term] = [
        .device(
          "COM0",
          [
            .name("_HID", .string("ARMH0011")), .name("_UID", .integer(0)),
            .name(
              "_CRS",
              .resources([
                .memory32Fixed(isWritable: true, base: 0x0900_0000, length: 0x1000),
                PlantedDefect.line(33, .levelHigh),
              ])),
          ]), disk, network, PlantedDefect.reservation,
        .device(
          "PCI0",
          [
            .name("_HID", .eisaID("PNP0A08")), .name("_CID", .eisaID("PNP0A03")),
            .name("_UID", .integer(0)), .name("_CCA", .integer(1)),
            .name("_SEG", .integer(segment)),
            .name(
              "_CRS",
              .resources([
                .addressSpace(
                  AddressSpaceDescriptor(.word, .busNumber, minimum: 0, length: buses)),
                .addressSpace(low), .addressSpace(high),
              ])),
            .name("_PRT", .package(routes)),
          ]),
      ]
      let iort = IORT([
        IORTNode(.its([0])),
        IORTNode(
          .smmuV3(IORTSMMUv3(base: smmu, firstInterrupt: 106)),
          mappings: [IORTMapping(count: 0x1_0000, output: 0)]),
        IORTNode(
          .rootComplex(IORTRootComplex(segment: UInt32(segment))),
          mappings: [
            IORTMapping(count: 0x1_0000 - streams, outputBase: streams, output: 1)
          ]),
      ])
      return try PlantedDefect.table("DSDT", terms)
        + MADT([
          .gicd(id: 0, address: 0x0800_0000, version: 3), .gicc(GICC(uid: 0, mpidr: mpidr)),
          .gicr(address: 0x080a_0000, length: 0xf6_0000), .its(id: 0, address: its),
        ]).bytes()
        + GTDT(
          secureEL1: .init(29), nonSecureEL1: .init(30), virtual: .init(virtualTimer),
          nonSecureEL2: .init(26)
        ).bytes()
        + SPCR(
          interfaceType: 3,
          register: GenericRegister(
            .systemMemory, bitWidth: 32, accessSize: 3, address: console),
          interruptType: 8, interrupt: 33
        ).bytes()
        + MCFG([.init(base: ecam, segment: UInt16(segment))]).bytes() + iort.bytes()
    }
  }

  static let all: [Difference] = [
    .init("an interrupt", "parity/interrupt-differs", tree: "&disk { interrupts = <0 20 1>; };"),
    .init(
      "an interrupt that is there twice", "parity/interrupt-differs",
      tree: "&disk { interrupts = <0 16 1>, <0 20 1>; };"),
    .init(
      "an SPI where the GSI should be", "parity/interrupt-differs",
      tables: { $0.disk = PlantedDefect.device(interrupt: 33) }),
    .init("a trigger", "parity/trigger-differs", tree: "&net { interrupts = <0 17 4>; };"),
    .init(
      "all triggers", "parity/trigger-differs",
      tree: "&disk { interrupts = <0 16 4>; }; &net { interrupts = <0 17 4>; };"),
    .init(
      "the size of a window", "parity/window-differs",
      tree: "&net { reg = <0x0 0xa000200 0x0 0x1000>; };"),
    .init(
      "the place of a window", "parity/window-differs",
      tree: "&net { reg = <0x0 0xa000800 0x0 0x200>; };"),
    .init("a device less in the tree", "parity/device-missing", tree: "/delete-node/ &net;"),
    .init(
      "a disabled device", "parity/device-missing", tree: "&net { status = \"disabled\"; };"),
    .init(
      "a device more in the tree", "parity/device-missing",
      tree: """
        / {
          virtio@a000400 {
            compatible = "virtio,mmio";
            reg = <0x0 0xa000400 0x0 0x200>;
            interrupts = <0 18 1>;
            dma-coherent;
          };
        };
        """),
    .init(
      "a device that _STA keeps away", "parity/device-missing",
      tables: {
        $0.network = PlantedDefect.device(
          "VIO1", uid: 1, base: 0x0a00_0200, interrupt: 49, more: [.name("_STA", .integer(0))])
      }),
    .init(
      "a port at another address", "parity/window-differs",
      tree: """
        &serial { reg = <0x0 0x9010000 0x0 0x1000>; };
        &chosen { /delete-property/ stdout-path; };
        """),
    .init(
      "coherency", "parity/coherency-differs",
      tree: "&disk { /delete-property/ dma-coherent; dma-noncoherent; };"),
    .init(
      "coherency of PCI", "parity/coherency-differs",
      tree: "&pci { /delete-property/ dma-coherent; };"),
    .init(
      "configuration space", "parity/configuration-space-differs",
      tree: "&pci { reg = <0x40 0x20000000 0x0 0x10000000>; };"),
    .init("MCFG", "parity/configuration-space-differs", tables: { $0.ecam = 0x3f00_0000 }),
    .init("buses", "parity/buses-differ", tree: "&pci { bus-range = <0x0 0x7f>; };"),
    .init("the buses of _CRS", "parity/buses-differ", tables: { $0.buses = 128 }),
    .init(
      "a window of PCI", "parity/pci-window-differs",
      tree: "&pci { ranges = <0x2000000 0x0 0x10000000 0x0 0x10000000 0x0 0x20000000>; };"),
    .init(
      "what a window is on the bus", "parity/pci-window-differs",
      tables: { $0.busAddress = 0x2000_0000 }),
    .init(
      "a pin", "parity/routing-differs",
      tree: "&pci { interrupt-map = <0x0 0x0 0x0 0x1 &gic 0x0 0x0 0x0 0x7 0x4>; };"),
    .init("a pin of _PRT", "parity/routing-differs", tables: { $0.firstRoute = 36 }),
    .init(
      "stream IDs", "parity/iommu-differs",
      tree: "&pci { iommu-map = <0x0 &smmu 0x100 0x10000>; };"),
    .init("stream IDs of IORT", "parity/iommu-differs", tables: { $0.streams = 8 }),
    .init(
      "requesters past the IOMMU", "parity/iommu-differs",
      tree: "&pci { iommu-map = <0x0 &smmu 0x0 0x8000>; };"),
    .init(
      "no IOMMU in the tree", "parity/iommu-differs",
      tree: "&pci { /delete-property/ iommu-map; };"),
    .init(
      "device IDs", "parity/msi-differs", tree: "&pci { msi-map = <0x0 &its 0x100 0x10000>; };"),
    .init(
      "messages of half the buses", "parity/msi-differs",
      tree: "&pci { msi-map = <0x0 &its 0x0 0x8000>; };"),
    .init("the registers of an SMMU", "parity/iommu-differs", tables: { $0.smmu = 0x0906_0000 }),
    .init(
      "a processor more", "parity/cpus-differ",
      tree: """
        / {
          cpus {
            cpu@1 {
              device_type = "cpu";
              compatible = "arm,cortex-a57";
              reg = <1>;
              enable-method = "psci";
            };
          };
        };
        """),
    .init(
      "the distributor", "parity/gic-differs",
      tree: "&gic { reg = <0x0 0x8010000 0x0 0x10000>, <0x0 0x80a0000 0x0 0xf60000>; };"),
    .init(
      "the redistributors", "parity/gic-differs",
      tree: "&gic { reg = <0x0 0x8000000 0x0 0x10000>, <0x0 0x80c0000 0x0 0xf40000>; };"),
    .init("an ITS", "parity/gic-differs", tables: { $0.its = 0x0809_0000 }),
    .init(
      "no ITS in the tree", "parity/gic-differs",
      tree: "/delete-node/ &its; &pci { /delete-property/ msi-map; };"),
    .init("the timer", "parity/timer-differs", tables: { $0.virtualTimer = 11 }),
    .init(
      "the trigger of the timer", "parity/timer-differs",
      tree: "/ { timer { interrupts = <1 13 4>, <1 14 4>, <1 11 1>, <1 10 4>; }; };"),
    .init("the console", "parity/console-differs", tables: { $0.console = 0x0904_0000 }),
    .init("the segment", "parity/segment-differs", tree: "&pci { linux,pci-domain = <1>; };"),
    .init("a PCI host less", "parity/host-missing", tree: "/delete-node/ &pci;"),
    .init(
      "a pool beside acpi=on", "parity/pool-ignored",
      tree: "&chosen { bootargs = \"acpi=on\"; };"),
  ]

  private func view(_ tree: String, _ tables: Tables) throws -> ParityView {
    // A node can only be deleted behind those that refer to it.
    let bytes = try ExampleCompiler(Example(in: .iommu, tree).source).bytes
    let file = try TableFile(try tables.bytes())
    #expect(file.problems == [])
    return ParityView(
      tree: GuestView(tree: try FlattenedTree(bytes)),
      tables: TablesView(TableSet([TableSet.Member(file, name: "tables.aml")])))
  }

  @Test("without a difference nothing is found, in either or between both")
  func same() throws {
    let view = try view("", Tables())
    #expect(Linter().lint(view).findings.map(\.line) == [])
    #expect(Linter().lint(view.tables).findings.map(\.line) == [])
    #expect(view.devices.count == 3)
    #expect(view.hosts.count == 1)
    #expect(view.loneNodes.isEmpty && view.loneDevices.isEmpty && view.loneHosts.isEmpty)
    #expect(view.preference?.choice == .tree)
  }

  @Test("one difference is told, by its rule alone", arguments: all)
  func found(difference: Difference) throws {
    let findings = Linter().lint(try view(difference.tree, difference.tables)).findings
    #expect(!findings.isEmpty)
    #expect(Set(findings.map(\.rule)) == [difference.rule], "\(findings.map(\.line))")
    #expect(findings.count == 1, "\(findings.map(\.line))")
  }

  @Test("which of both a guest goes by is what its kernel does")
  func preferences() throws {
    func preference(_ tree: String, in base: Example.Base = .virt) throws -> ParityView {
      let bytes = try ExampleCompiler(Example(in: base, tree).source).bytes
      return ParityView(
        tree: GuestView(tree: try FlattenedTree(bytes)),
        tables: TablesView(
          TableSet([
            TableSet.Member(try TableFile(try Tables().bytes()), name: "tables.aml")
          ])))
    }
    func arguments(_ text: String) -> String { "&chosen { bootargs = \"\(text)\"; };" }
    #expect(try preference("").preference?.choice == .tree)
    #expect(try preference(arguments("acpi=on")).preference?.choice == .tables)
    #expect(try preference(arguments("acpi=force")).preference?.choice == .tables)
    #expect(try preference(arguments("acpi=force acpi=off")).preference?.choice == .tree)
    let stub = "/ { chosen { bootargs = \"console=ttyAMA0\"; }; };"
    #expect(try preference(stub, in: .none).preference?.choice == .tables)
    let xen = "/ { chosen { }; hypervisor { compatible = \"xen,xen\"; }; };"
    #expect(try preference(xen, in: .none).preference?.choice == .tables)
    let more = "/ { chosen { }; reserved-memory { ranges; }; };"
    #expect(try preference(more, in: .none).preference?.choice == .tree)
    #expect(try preference("", in: .riscv).isOfOneProcessor == false)
  }
}

import ACPI
import PlatformDescription
import PlatformLowering
import Testing

@Suite("devices in tables")
struct TableDeviceTests {
  @Test("say LNRO0005 alone, unless they are to be found by compatible")
  func hardwareIDs() throws {
    let tables = try armTables {
      VirtioMMIO(.block, at: 0x0a00_0000, interrupt: .spi(16, .edgeRising))
      VirtioMMIO(.block, at: 0x0a00_0200, interrupt: .spi(17, .edgeRising), acpi: .lnro0005)
      VirtioMMIO(.block, at: 0x0a00_0400, interrupt: .spi(18, .edgeRising), acpi: .prp0001)
    }
    #expect(try tables.value("_HID", of: "D000") == .string("LNRO0005"))
    #expect(try tables.value("_DSD", of: "D000") == nil)
    #expect(try tables.value("_HID", of: "D001") == .string("LNRO0005"))
    #expect(try tables.value("_HID", of: "D002") == .string("PRP0001"))
    #expect(
      try tables.value("_DSD", of: "D002")
        == .package([
          .uuid(.deviceProperties),
          .package([.package([.string("compatible"), .string("virtio,mmio")])]),
        ]))
  }

  @Test("have a _UID that no other of their _HID has, and _CCA")
  func uids() throws {
    let tables = try armTables {
      VirtioMMIO(.block, at: 0x0a00_0000, interrupt: .spi(16, .edgeRising))
      VirtioMMIO(.block, at: 0x0a00_0200, interrupt: .spi(17, .edgeRising), acpi: .prp0001)
      VirtioMMIO(.block, at: 0x0a00_0400, interrupt: .spi(18, .edgeRising)).nonCoherent()
    }
    #expect(try tables.value("_UID", of: "D000") == .integer(0))
    #expect(try tables.value("_UID", of: "D001") == .integer(0))
    #expect(try tables.value("_UID", of: "D002") == .integer(1))
    #expect(try tables.value("_CCA", of: "D000") == .integer(1))
    #expect(try tables.value("_CCA", of: "D002") == .integer(0))
  }

  @Test("have 32 bits of address where they are enough, and 64 from the first byte beyond")
  func widths() throws {
    let tables = try armTables {
      ACPIDevice("PNP0501", at: 0xffff_f000, size: .kib(4))
      ACPIDevice("PNP0501", at: 0xffff_f001, size: .kib(4))
    }
    #expect(
      try tables.value("_CRS", of: "D000")
        == .resources([.memory32Fixed(isWritable: true, base: 0xffff_f000, length: 0x1000)]))
    #expect(
      try tables.value("_CRS", of: "D001")
        == .resources([
          .addressSpace(
            AddressSpaceDescriptor(
              .quadWord, .memory(.nonCacheable), minimum: 0xffff_f001, length: 0x1000,
              isConsumer: true))
        ]))
  }

  @Test(
    "have the interrupts that ACPI knows by other numbers",
    arguments: [
      (.spi(16, .edgeRising), 48, InterruptMode(isEdge: true)),
      (.ppi(3, .levelHigh), 19, InterruptMode(isEdge: false)),
      (.gsi(100, .levelLow), 100, InterruptMode(isEdge: false, isActiveLow: true)),
      (.spi(987, .edgeFalling), 1019, InterruptMode(isEdge: true, isActiveLow: true)),
    ] as [(Interrupt, UInt32, InterruptMode)])
  func interrupts(interrupt: Interrupt, number: UInt32, mode: InterruptMode) throws {
    let tables = try armTables { ACPIDevice("PNP0501", interrupts: [interrupt]) }
    #expect(
      try tables.value("_CRS", of: "D000")
        == .resources([.interrupt(ExtendedInterrupt([number], mode: mode))]))
    #expect(tables.objects.map(\.interrupts) == [[number]])
  }

  @Test("of riscv64 have the number of their source")
  func sources() throws {
    let tables = try tables {
      VirtualMachine("guest", architecture: .riscv64, firmware: .acpi) {
        VirtioMMIO(.block, at: 0x1000_1000, interrupt: .source(1, .levelHigh))
      }
    }
    #expect(tables.objects.map(\.interrupts) == [[1]])
  }

  @Test("have properties of every kind, and refer to each other by path")
  func properties() throws {
    let label = Label("other")
    let tables = try armTables {
      ACPIDevice("PRP0001") {
        Property("compatible", "a,b", "a,c")
        Property("flag")
        Property("one", 7)
        Property("two", 1, 2)
        Property("bytes", bytes: [1, 255])
        Property("peer", .phandle(label), 3)
      }
      ACPIDevice("PNP0501").labelled(label).named("COM0")
    }
    guard case .package(let parts, _)? = try tables.value("_DSD", of: "D000"), parts.count == 2,
      case .package(let entries, _) = parts[1]
    else {
      Issue.record("no _DSD")
      return
    }
    let values = entries.map { entry -> Term in
      if case .package(let pair, _) = entry { pair[1] } else { .nothing }
    }
    #expect(
      values == [
        .package([.string("a,b"), .string("a,c")]), .integer(1), .integer(7),
        .package([.integer(1), .integer(2)]), .package([.integer(1), .integer(255)]),
        .package([.path("\\_SB.COM0"), .integer(3)]),
      ])
  }

  @Test("are named around the names that are given")
  func names() throws {
    let tables = try armTables {
      ACPIDevice("PNP0501")
      ACPIDevice("PNP0501").named("D001")
      ACPIDevice("PNP0501")
    }
    #expect(tables.objects.map(\.path) == ["\\_SB.D000", "\\_SB.D001", "\\_SB.D002"])
    let port = try armTables {
      PL011(at: 0x0900_0000, interrupt: .spi(1, .levelHigh)).named("COM0")
    }
    #expect(port.objects.map(\.path) == ["\\_SB.COM0"])
    // From the last name of one letter to the first of the next.
    let many = try armTables {
      for _ in 0..<1297 { ACPIDevice("PNP0501") }
    }
    #expect(many.objects.last?.path == "\\_SB.D100")
  }

  @Test("leave out what is said to be left out")
  func omissions() throws {
    let tables = try armTables {
      VirtioMMIO(.block, at: 0x0a00_0000, interrupt: .spi(16, .edgeRising)).omitting("_CCA")
    }
    #expect(try tables.value("_CCA", of: "D000") == nil)
    #expect(try tables.value("_UID", of: "D000") == .integer(0))
  }

  @Test("offer what they offer in a tree")
  func features() throws {
    let device = VirtioMMIO(.block, at: 0x0a00_0000, interrupt: .spi(16, .edgeRising))
    let tables = try armTables { device }
    let tree = Lowering(
      Platform("p") {
        VirtualMachine("guest", architecture: .arm64) {
          GICv3(distributor: 0x0800_0000, redistributors: 0x080a_0000)
          device
        }
      })
    #expect(tables.devices.map(\.features) == tree.machines.first?.devices.map(\.features))
    #expect(tables.devices.map(\.path) == ["\\_SB.D000"])
  }

  @Test("in a slot of QEMU's machine are those of QEMU's tables, which are added to, or hidden")
  func slots() throws {
    let tables = try tables {
      VirtualMachine(
        "guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1), firmware: .acpi
      ) {
        VirtioMMIO(.block)
        VirtioMMIO(.network(), slot: 7).adding { Property("wakeup-source") }
        VirtioMMIO(.entropy, slot: 9, acpi: .prp0001)
        VirtioMMIO(.entropy, at: 0x0b00_0000, interrupt: .spi(60, .levelHigh))
      }
    }
    #expect(
      tables.devices.map(\.path) == [
        "\\_SB.VR00", "\\_SB.VR07", "\\_SB.D002", "\\_SB.D003",
      ])
    #expect(tables.objects.map(\.path) == ["\\_SB.D002", "\\_SB.D003"])
    #expect(tables.text.contains("External (\\_SB.VR07, DeviceObj)"))
    #expect(
      tables.text.contains(
        "Scope (\\_SB.VR09)\n    {\n        Name (_STA, Zero)\n    }"), "\(tables.text)")
    // QEMU's own tables say level, and have the first 32 numbers of LNRO0005.
    #expect(
      try tables.value("_CRS", of: "D002")
        == .resources([
          .memory32Fixed(isWritable: true, base: 0x0a00_1200, length: 0x200),
          .interrupt(ExtendedInterrupt([57], mode: .levelHigh)),
        ]))
    #expect(try tables.value("_UID", of: "D003") == .integer(32))
  }

  @Test("of a machine with a tree are the same, where nothing says otherwise")
  func besideTree() throws {
    func machine(_ firmware: Firmware?) -> VirtualMachine {
      VirtualMachine("guest", architecture: .arm64, firmware: firmware) {
        GICv3(distributor: 0x0800_0000, redistributors: 0x080a_0000)
        VirtioMMIO(.block, at: 0x0a00_0000, interrupt: .spi(16, .edgeRising))
      }
    }
    let (tree, acpi) = (try tables { machine(nil) }, try tables { machine(.acpi) })
    #expect(try tree.bytes("SSDT") == acpi.bytes("SSDT"))
    #expect(tree.hasTree)
    #expect(!acpi.hasTree)
  }
}

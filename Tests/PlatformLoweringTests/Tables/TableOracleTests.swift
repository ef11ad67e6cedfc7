import ACPI
import DTGenTestSupport
import PlatformDescription
import PlatformLowering
import Testing

@Suite("tables, to those who read them")
struct TableOracleTests {
  /// Tables with a device of every kind.
  static func everything(compact: Bool) throws -> LoweredTables {
    let smmu = SMMUv3(
      at: 0x0905_0000, eventq: .spi(74, .edgeRising), gerror: .spi(77, .edgeRising))
    let port = PL061(at: 0x0903_0000, interrupt: .spi(7, .levelHigh))
    return try armTables(compact: compact) {
      GICv3(distributor: 0x0800_0000, redistributors: 0x080a_0000) { ITS(at: 0x0808_0000) }
      smmu
      port
      PL011(at: 0x0900_0000, interrupt: .spi(1, .levelHigh))
      FwCfg(at: 0x0902_0000)
      VirtioMMIO(.block, at: 0x0a00_0000, interrupt: .spi(16, .edgeRising), acpi: .prp0001)
      VirtioMMIO(.block, at: 0x0a00_0200, interrupt: .spi(17, .edgeRising), acpi: .prp0001)
      VirtioMMIO(.network(), at: 0x0a00_0400, interrupt: .spi(18, .levelHigh), iommu: smmu)
      VirtioMMIO(.entropy, at: 0x80_0000_0000, interrupt: .gsi(51, .edgeRising)).nonCoherent()
      Node("watchdog", at: 0x0904_0000, size: .kib(4), interrupt: .spi(9, .levelHigh)) {
        Property("compatible", "example,watchdog")
        Property("reset-gpios", .phandle(port), 3, 0)
        Node("part") { Property("bytes", bytes: [1, 2, 3]) }
      }
      ACPIDevice("DTGN0001", compatibleIDs: ["PRP0001", "PNP0501"]) {
        Property("compatible", "example,other")
      }
      PCIHostBridge(ecam: 0x40_1000_0000, buses: 0...15, firstInterrupt: .spi(3, .levelHigh)) {
        Window(.io, at: 0x3eff_0000, size: .kib(64))
        Window(.memory32, at: 0x1000_0000, size: .mib(512))
        Window(.memory64, at: 0x80_0000_0000, size: .gib(512), prefetchable: true)
        PCIFunction("ethernet", slot: 2, vendorID: 0x8086, deviceID: 0x10d3) {
          Property("mac-address", bytes: [0x52, 0x54, 0, 0x12, 0x34, 0x56])
        }
      }
    }
  }

  @Test(
    "the text compiles to the bytes, without a word", .requires(.iasl), arguments: [false, true])
  func compiles(compact: Bool) throws {
    let tables = try Self.everything(compact: compact)
    let compiled = try IASL.compile(tables.text, options: ["-on", "-of"])
    #expect(compiled.warnings == "")
    let ours = try tables.bytes("SSDT")
    // Creator and its revision tell who made it, and the checksum follows.
    #expect(compiled.bytes.count == ours.count)
    #expect(compiled.bytes.dropFirst(36) == ours.dropFirst(36))
  }

  @Test(
    "every table is taken apart without a complaint", .requires(.iasl), arguments: [false, true])
  func disassembles(compact: Bool) throws {
    for table in try Self.everything(compact: compact).tables {
      let (source, warnings) = try IASL.disassemble([table.bytes()])
      #expect(warnings == "", "\(table.signature)")
      #expect(!source.contains("Invalid"), "\(source)")
    }
  }

  @Test("the SSDT is loaded, and has the values that were described", .requires(.acpiexec))
  func values() throws {
    let tables = try Self.everything(compact: false)
    func evaluate(_ command: String) throws -> String {
      let result = try ACPIExec.run([command], on: [tables.bytes("SSDT")])
      #expect(result.complaints == "", "\(command)")
      return result.text
    }
    let paths = tables.objects.map(\.path)
    #expect(paths.count == 11)
    for (object, path) in zip(tables.objects, paths) {
      #expect(try evaluate("evaluate \(path)._UID").contains("[Integer] ="))
      if object.memory.isEmpty, object.interrupts.isEmpty { continue }
      let resources = try evaluate("resources \(path)")
      for range in object.memory {
        let digits = String(range.at.value, radix: 16, uppercase: true)
        #expect(resources.contains(digits), "\(path) has nothing at \(digits)")
      }
      for interrupt in object.interrupts {
        let digits = String(interrupt, radix: 16, uppercase: true)
        #expect(resources.contains("Dword00 : 000000\(digits)"), "\(path) has no GSI \(interrupt)")
      }
    }
    #expect(try evaluate("evaluate \\_SB.D003._DSD").contains("\"virtio,mmio\""))
    #expect(try evaluate("evaluate \\_SB.D005._HID").contains("\"LNRO0005\""))
    #expect(try evaluate("evaluate \\_SB.D006._CCA").contains("= 0000000000000000"))
    let level = try evaluate("resources \\_SB.D005")
    #expect(level.contains("Triggering : Level"))
    #expect(try evaluate("resources \\_SB.D004").contains("Triggering : Edge"))
    let properties = try evaluate("evaluate \\_SB.D007._DSD")
    #expect(properties.contains("Name D000 Device"))
    #expect(properties.contains("\"part\""))
    #expect(try evaluate("evaluate \\_SB.D007.N000").contains("\"bytes\""))
    #expect(try evaluate("evaluate \\_SB.D009._SEG").contains("= 0000000000000000"))
    #expect(try evaluate("evaluate \\_SB.D009._PRT").contains("Contains 128 Elements"))
    #expect(try evaluate("evaluate \\_SB.D009.S10._ADR").contains("= 0000000000020000"))
  }

  @Test(
    "PCI Express is granted by _OSC, as far as there are bits, and nothing else is",
    .requires(.acpiexec),
    arguments: [
      // UUID, revision, the three words, and the first and third that come back.
      ("5B 4D DB 33 F7 1F 1C 40 96 57 74 41 C0 3D D7 66", "1", "1F 00 00 00", "00", "1F"),
      ("5B 4D DB 33 F7 1F 1C 40 96 57 74 41 C0 3D D7 66", "1", "FF 00 00 00", "10", "1F"),
      ("5B 4D DB 33 F7 1F 1C 40 96 57 74 41 C0 3D D7 66", "2", "03 00 00 00", "08", "03"),
      ("5B 4D DB 33 F7 1F 1C 40 96 57 74 41 C0 3D D7 67", "1", "FF 00 00 00", "04", "FF"),
    ])
  func control(
    uuid: String, revision: String, wish: String, status: String, granted: String
  ) throws {
    let tables = try Self.everything(compact: false)
    let command =
      "execute \\_SB.D009._OSC (\(uuid)) \(revision) 3 (00 00 00 00 00 00 00 00 \(wish))"
    let result = try ACPIExec.run([command], on: [tables.bytes("SSDT")])
    #expect(result.complaints == "")
    #expect(
      result.text.contains("\(status) 00 00 00 00 00 00 00 \(granted) 00 00 00"), "\(result.text)")
  }

  @Test("a compact SSDT is loaded, and devices have what they share", .requires(.acpiexec))
  func compact() throws {
    let tables = try Self.everything(compact: true)
    let ssdt = try tables.bytes("SSDT")
    let first = try #require(tables.devices.first?.path)
    #expect(first.split(separator: ".").count == 3)
    let shared = try ACPIExec.run(["evaluate \(first)._DSD"], on: [ssdt])
    #expect(shared.complaints == "")
    #expect(shared.text.contains("\"virtio,mmio\""))
    // What isn't coherent, and what is referred to, stands beside the container.
    let outside = tables.objects.filter { $0.path.split(separator: ".").count == 2 }
    #expect(outside.contains { $0.memory.first?.at == 0x80_0000_0000 })
    #expect(outside.contains { $0.hardwareID == "ARMH0061" })
    // IORT names a device by the path that it has, with every character.
    let network = try #require(tables.devices.first { $0.deviceID == 1 })
    let name = network.path.replacing("_SB.", with: "_SB_.")
    #expect(
      String(decoding: try tables.bytes("IORT"), as: UTF8.self).contains(name + "\0"))
  }

  @Test(
    "the bytes of a compact table are at most 0.55 of what iasl makes of the long one",
    .requires(.iasl))
  func size() throws {
    func machine(compact: Bool) throws -> LoweredTables {
      try tables(compact: compact) {
        VirtualMachine("guest", architecture: .x86_64) {
          for slot in MMIOSlots(at: 0xc000_0000, count: 1000, firstInterrupt: .gsi(16, .edgeRising))
          {
            VirtioMMIO(.block, at: slot, acpi: .prp0001)
          }
        }
      }
    }
    let long = try machine(compact: false)
    let theirs = try IASL.compile(long.text).bytes.count
    #expect(try long.bytes("SSDT").count <= theirs)
    let short = try machine(compact: true).bytes("SSDT").count
    #expect(short * 100 <= theirs * 55, "\(short) of \(theirs)")
  }
}

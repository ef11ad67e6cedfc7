import PlatformDescription
import PlatformLowering
import Testing

@Suite("places of devices in tables")
struct TablePlaceTests {
  private func mistakes(
    _ firmware: Firmware = .acpi, @ComponentBuilder _ elements: () -> [Element]
  ) -> [Mistake] {
    Lowering(
      Platform("p") {
        VirtualMachine(
          "guest", on: .qemuVirt(gic: .v3, firmware: firmware != .acpi), cpus: 1,
          memory: .gib(1), firmware: firmware, elements)
      }
    ).mistakes
  }

  private func ids(
    _ firmware: Firmware = .acpi, @ComponentBuilder _ elements: () -> [Element]
  ) -> [String] { mistakes(firmware, elements).map(\.id) }

  @Test("aren't those of memory", arguments: [Firmware.acpi, .hardwareReducedACPI])
  func memory(firmware: Firmware) {
    let device = VirtioMMIO(.block, at: 0x4000_0000, interrupt: .spi(100, .edgeRising))
    let found = mistakes(firmware) { device }
    #expect(found.map(\.id) == ["description/window-over-memory"])
    #expect(found.first?.location == device.declaration.location)
    // The last window in front of memory.
    #expect(
      ids(firmware) { VirtioMMIO(.block, at: 0x3fff_fe00, interrupt: .spi(100, .edgeRising)) }
        == [])
    #expect(
      ids(firmware) { VirtioMMIO(.block, at: 0x0b00_0000, interrupt: .spi(100, .edgeRising)) }
        == [])
  }

  @Test("aren't those of what the machine has", arguments: [Firmware.acpi, .hardwareReducedACPI])
  func devices(firmware: Firmware) {
    for at in [0x0900_0000, 0x0900_0e00, 0x0a00_0100, 0x0a00_3f00] as [GuestAddress] {
      #expect(
        ids(firmware) { VirtioMMIO(.block, at: at, interrupt: .spi(100, .edgeRising)) }
          == ["description/window-taken"], "\(at)")
    }
    #expect(
      ids(firmware) {
        ACPIDevice("ABCD0001", at: 0x0900_0800, size: .kib(4), interrupt: .spi(100, .levelHigh))
      } == ["description/window-taken"])
  }

  @Test("are those of memory that is written out, too")
  func statedMemory() {
    #expect(
      tableMistakes {
        VirtualMachine("guest", architecture: .x86_64) {
          Memory(at: 0, size: .gib(1))
          VirtioMMIO(.block, at: 0x3fff_ff00, interrupt: .gsi(17, .edgeRising))
        }
      } == ["description/window-over-memory"])
    // A PC's memory goes around what is below 4 GiB.
    #expect(
      tableMistakes {
        VirtualMachine("guest", architecture: .x86_64) {
          Memory(at: 0, size: .gib(8))
          VirtioMMIO(.block, at: 0xfeb0_0000, interrupt: .gsi(17, .edgeRising))
        }
      } == [])
  }

  @Test("may be those of a slot, and of a part that is described in the machine's place")
  func own() {
    #expect(
      ids { VirtioMMIO(.block, at: 0x0a00_0000, interrupt: .spi(16, .edgeRising), acpi: .prp0001) }
        == [])
    #expect(
      ids { VirtioMMIO(.block, at: 0x0a00_0000, interrupt: .gsi(48, .levelHigh), acpi: .prp0001) }
        == [])
    #expect(ids { PL011(at: 0x0900_0000, interrupt: .spi(1, .levelHigh)) } == [])
  }

  @Test(
    "that are a slot have the slot's interrupt", arguments: [nil, VirtioMMIO.HardwareID.prp0001])
  func slotInterrupts(acpi: VirtioMMIO.HardwareID?) {
    for interrupt in [
      .gsi(48, .levelLow), .gsi(50, .levelHigh), .spi(17, .edgeRising), .spi(16, .edgeFalling),
    ] as [Interrupt] {
      let device = VirtioMMIO(.block, at: 0x0a00_0000, interrupt: interrupt, acpi: acpi)
      let found = mistakes { device }
      #expect(found.map(\.id) == ["description/other-interrupt"], "\(interrupt)")
      #expect(found.first?.location == device.declaration.location)
    }
  }
}

import DTGenTestSupport
import PlatformDescription
import PlatformLowering
import Testing

/// What is wrong with a device, whatever tree it would become.
@Suite("mistakes about devices")
struct DeviceMistakeTests {
  private func mistakes(
    @ComponentBuilder _ elements: () -> [Element]
  ) -> [Mistake] {
    Lowering(
      Platform("p") {
        VirtualMachine("guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1)) { elements() }
      }
    ).mistakes
  }

  @Test(
    "a queue whose size no queue has",
    arguments: [
      (0, "256 is usual"), (-1, "256 is usual"), (100, "the next one is 128"),
      (32_769, "32768 is the most"), (65_536, "32768 is the most"),
      (Int.max, "32768 is the most"), (Int.min, "256 is usual"),
    ])
  func queueSize(size: Int, help: String) {
    let line = #line + 1
    let mistakes = mistakes { VirtioMMIO(.block(queues: 4, queueSize: size)) }
    #expect(mistakes.map(\.id) == ["description/queue-size"])
    #expect(mistakes.first?.help == help)
    #expect(mistakes.first?.location?.line == line)
  }

  @Test("a queue of every size that a queue can have")
  func goodSizes() {
    var size = 1
    while size <= 32_768 {
      #expect(mistakes { VirtioMMIO(.sound(queueSize: size)) }.isEmpty)
      size *= 2
    }
  }

  /// A device that nothing can be, under a name that is shorter than its queues.
  struct Count: CustomTestStringConvertible, Sendable {
    var device: VirtioDevice
    var says: String
    var testDescription: String { "\(device.typeName), \(device.queues.count) queues" }

    init(_ device: VirtioDevice, _ says: String) {
      self.device = device
      self.says = says
    }
  }

  static let counts = [
    Count(.network(queuePairs: 0), "at least one pair"),
    Count(.network(queuePairs: -2, controlQueue: false), "at least one pair"),
    Count(.network(queuePairs: 2, controlQueue: false), "has a control queue too"),
    Count(.network(queuePairs: .max), "at most"),
    Count(.network(queuePairs: 32_769), "index has 16 bits"),
    Count(.block(queues: 0), "at least one queue"),
    Count(.block(queues: -1), "at least one queue"), Count(.block(queues: 65_536), "at most 65535"),
    Count(.block(queues: .max), "index has 16 bits"),
    Count(.console(ports: 0), "at least one port"),
    Count(.console(ports: -31), "at least one port"),
    Count(.scsi(queues: 0), "at least one request queue"),
    Count(.crypto(dataQueues: 0), "at least one data queue"),
    Count(.fileSystem(requestQueues: 0), "at least one request queue"),
    Count(.fileSystem(requestQueues: 0, notification: true), "at least one request queue"),
    Count(VirtioDevice(deviceID: 5, queues: []), "2 to 5 queues, not 0"),
    Count(
      VirtioDevice(deviceID: 3, queues: VirtioDevice.sound.queues + [Virtqueue("x", size: 1)]),
      "5"
    ),
    Count(VirtioDevice(deviceID: 25, queues: []), "(sound) has 4 queues, not 0"),
    Count(
      VirtioDevice(deviceID: 18, queues: VirtioDevice.sound.queues), "(input) has 2 queues, not 4"
    ),
  ]

  @Test("a number of queues that the type can't have", arguments: counts)
  func queueCount(count: Count) {
    let mistakes = mistakes { VirtioMMIO(count.device) }
    #expect(mistakes.map(\.id) == ["description/queue-count"])
    #expect(mistakes.first?.message.contains(count.says) == true, "\(mistakes)")
  }

  @Test("a type that has no name here may have any queues")
  func unknownType() {
    #expect(mistakes { VirtioMMIO(VirtioDevice(deviceID: 60, queues: [])) }.isEmpty)
  }

  @Test(
    "parameters that no device of the type has",
    arguments: [
      VirtioDevice.gpu(scanouts: 0), .gpu(scanouts: 17), .gpu(width: -1), .gpu(height: 65_536),
      .console(ports: 32, maxNrPorts: 31), .block(segMax: 0), .scsi(cmdPerLUN: 0),
      .sound(streams: -1),
    ])
  func parameters(device: VirtioDevice) {
    #expect(mistakes { VirtioMMIO(device) }.map(\.id) == ["description/number-out-of-range"])
  }

  @Test("parameters of another type")
  func parametersOfAnotherType() {
    var device = VirtioDevice.entropy
    device.parameters = .sound(VirtioSoundParameters())
    #expect(
      mistakes { VirtioMMIO(device) }.map(\.id) == ["description/parameters-of-another-type"])
  }

  @Test("a feature of another type, and one that no device has")
  func features() {
    let mistakes = mistakes {
      VirtioMMIO(.block, features: [.network(.mrgRxbuf), .block(.discard)])
      VirtioMMIO(.network(), withholding: [.console(.multiport)])
      VirtioMMIO(.entropy, features: [.bit(128), .bit(-1), .bit(127)])
    }
    #expect(
      mistakes.map(\.id) == [
        "description/feature-of-another-type", "description/feature-of-another-type",
        "description/no-such-feature", "description/no-such-feature",
      ])
    #expect(
      mistakes.map(\.message).first
        == "VIRTIO_NET_F_MRG_RXBUF is a feature of type 'network', and the device is of type 'block'"
    )
    #expect(
      mistakes.map(\.help).prefix(2) == [
        "leave it out; on this device the bit means VIRTIO_BLK_F_LIFETIME",
        "leave it out; on this device the bit means VIRTIO_NET_F_GUEST_CSUM",
      ])
  }

  @Test("offered features are those that follow, those that are asked for, less those withheld")
  func offered() throws {
    let platform = Platform("p") {
      VirtualMachine("guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1)) {
        VirtioMMIO(
          .network(queuePairs: 2), features: [.network(.mtu), .bit(22), .ringPacked],
          withholding: [.network(.mrgRxbuf)])
      }
    }
    let device = try #require(Lowering(platform).machines.first?.devices.first)
    #expect(device.features == [.bit(3), .bit(17), .bit(22), .bit(32), .bit(34)])
  }

  @Test("two devices on one slot, by number, by address, and by both")
  func slots() {
    let first = #line + 2
    let byNumber = mistakes {
      VirtioMMIO(.block, slot: 3)
      VirtioMMIO(.entropy, slot: 3)
    }
    #expect(byNumber.map(\.id) == ["description/slot-taken"])
    #expect(byNumber.first?.location?.line == first + 1)
    #expect(byNumber.first?.related.map { $0.location?.line } == [first])
    let byBoth = mistakes {
      VirtioMMIO(.block, slot: 1)
      VirtioMMIO(.entropy, at: 0x0a00_0200, interrupt: .spi(17, .edgeRising))
    }
    #expect(byBoth.map(\.id) == ["description/slot-taken"])
    #expect(byBoth.first?.message == "slot 1 has two devices")
    #expect(byBoth.first?.related.count == 1)
    let byAddress = mistakes {
      VirtioMMIO(.block, at: 0x0a00_0200, interrupt: .spi(17, .edgeRising))
      VirtioMMIO(.entropy, at: 0x0a00_0200, interrupt: .spi(17, .edgeRising))
    }
    #expect(byAddress.map(\.id) == ["description/duplicate-node"])
  }

  @Test("a slot that isn't there, and a slot of a machine that has none")
  func noSlot() {
    let mistakes = mistakes {
      VirtioMMIO(.block, slot: 32)
      VirtioMMIO(.block, slot: -1)
    }
    #expect(
      mistakes.map(\.message) == ["there is no slot 32: 0 to 31", "there is no slot -1: 0 to 31"])
    let platform = Platform("p") {
      VirtualMachine("guest", architecture: .arm64) {
        GICv3(distributor: 0x0800_0000, redistributors: 0x080a_0000)
        VirtioMMIO(.block, slot: 0)
      }
    }
    #expect(Lowering(platform).mistakes.map(\.id) == ["description/no-place"])
  }

  @Test("devices without a slot go around those that have one, wherever those stand")
  func around() throws {
    let platform = Platform("p") {
      VirtualMachine("guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1)) {
        VirtioMMIO(.block)
        VirtioMMIO(.entropy)
        VirtioMMIO(.sound, slot: 0)
        VirtioMMIO(.network(), at: 0x0a00_0400, interrupt: .spi(18, .edgeRising))
      }
    }
    let machine = try #require(Lowering(platform).machines.first)
    #expect(machine.devices.map(\.slot) == [1, 3, 0, 2])
  }

  @Test("forty devices of one line on 32 slots are one mistake, forty lines would be eight")
  func tooMany() {
    #expect(
      mistakes { for _ in 0..<40 { VirtioMMIO(.entropy) } }.map(\.id) == [
        "description/no-slot-left"
      ])
  }

  @Test("numbers that fit no cell, and values that a property can't have")
  func numbers() {
    let gpio = PL061(at: 0x0903_0000, interrupt: .spi(7, .levelHigh))
    let test = SiFiveTest(at: 0x10_0000)
    let mistakes = mistakes {
      gpio
      test
      NS16550(at: 0x1000, interrupt: .spi(2, .levelHigh), clockFrequency: 0)
      NS16550(at: 0x2000, interrupt: .spi(2, .levelHigh), currentSpeed: 1 << 32)
      NS16550(at: 0x3000, interrupt: .spi(2, .levelHigh), regShift: 4)
      NS16550(at: 0x4000, interrupt: .spi(2, .levelHigh), regIOWidth: 3)
      FixedClock("clock", frequency: -1)
      GPIOKeys { GPIOKey("key", code: 0x300, gpio: gpio.line(0)) }
      GPIOPoweroff(gpio.line(8))
      GPIORestart(gpio.line(-1))
      SysconPoweroff(regmap: test, value: -1)
      Flash(banks: [AddressRange(at: 0, size: .mib(1))], bankWidth: 8)
      VCPUStallDetector(at: 0x5000, timeoutSec: 0)
    }
    #expect(mistakes.map(\.id) == Array(repeating: "description/number-out-of-range", count: 11))
  }

  @Test("flash without a bank, and names that no node can have")
  func shapes() {
    let gpio = PL061(at: 0x0903_0000, interrupt: .spi(7, .levelHigh))
    let mistakes = mistakes {
      gpio
      Flash(banks: [])
      FixedClock("24 MHz", frequency: 24_000_000)
      GPIOKeys { GPIOKey("a key", code: 1, gpio: gpio.line(0)) }
    }
    #expect(
      mistakes.map(\.id) == [
        "description/no-place", "description/invalid-name", "description/invalid-name",
      ])
  }

  @Test("an address that its bus has no cells for")
  func beyondTheBus() {
    let mistakes = mistakes {
      Bus(
        "platform-bus", .qemuPlatform,
        ranges: [.init(child: 0x1_0000_0000, parent: 0x0c00_0000, size: .mib(32))]
      ) { TPMTIS(at: 0x1_0000_0000) }
      Node("bus") {
        Property("#address-cells", 3)
        Node("device", at: 1, size: .bytes(1))
      }
    }
    #expect(mistakes.map(\.id) == Array(repeating: "description/beyond-the-bus", count: 3))
  }

  @Test("a reference to a device that is no part of the machine")
  func elsewhere() {
    let gpio = PL061(at: 0x0903_0000, interrupt: .spi(7, .levelHigh))
    let clock = FixedClock("clock", frequency: 1)
    let mistakes = mistakes {
      GPIOPoweroff(gpio.line(0))
      NS16550(at: 0x1000, interrupt: .spi(2, .levelHigh), clock: clock)
      SysconReboot(regmap: SiFiveTest(at: 0x10_0000))
    }
    #expect(mistakes.map(\.id) == Array(repeating: "description/unknown-reference", count: 3))
  }
}

import DTGenTestSupport
import DeviceTree
import PlatformDescription
import PlatformLowering
import Testing

@Suite("platform devices")
struct PlatformDeviceTests {
  private func lower(
    @ComponentBuilder _ elements: () -> [Element]
  ) throws -> FlattenedTree {
    let lowering = Lowering(
      Platform("p") {
        VirtualMachine("guest", architecture: .arm64) {
          GICv3(distributor: 0x0800_0000, redistributors: 0x080a_0000)
          elements()
        }
      })
    #expect(lowering.mistakes == [])
    return try FlattenedTree(try #require(lowering.machines.first).tree.flattened())
  }

  private func phandle(_ tree: FlattenedTree, _ path: String) throws -> UInt32 {
    try #require(tree.node(at: path)?.property("phandle")?.u32)
  }

  @Test("share one clock, whichever comes first")
  func clock() throws {
    let tree = try lower {
      PL031(at: 0x0901_0000)
      PL061(at: 0x0903_0000, interrupt: .spi(7, .levelHigh))
      PL011(at: 0x0900_0000, interrupt: .spi(1, .levelHigh))
      PL011(at: 0x0904_0000, interrupt: .spi(2, .levelHigh))
    }
    let clock = try phandle(tree, "/clock-24000000")
    for path in ["/rtc@9010000", "/gpio@9030000", "/serial@9000000", "/serial@9040000"] {
      #expect(tree.node(at: path)?.property("clocks")?.cell(0) == clock)
    }
    #expect(tree.node(at: "/rtc@9010000")?.has("interrupts") == false)
    #expect(tree.node(at: "/chosen")?.property("stdout-path")?.string == "/serial@9000000")
  }

  @Test("have a clock of their own where they say so")
  func fixedClock() throws {
    let clock = FixedClock("pclk", frequency: 3_141_592, outputName: "slow")
    let tree = try lower {
      PL030(at: 0x2000, interrupt: .spi(1, .levelHigh), clock: clock)
      NS16550(at: 0x3000, interrupt: .spi(2, .edgeRising), size: .kib(4), clock: clock)
      clock
    }
    let phandle = try phandle(tree, "/pclk")
    let rtc = try #require(tree.node(at: "/rtc@2000"))
    #expect(rtc.property("compatible")?.strings == ["arm,primecell"])
    #expect(rtc.property("arm,primecell-periphid")?.u32 == 0x41030)
    #expect(rtc.property("clocks")?.u32 == phandle)
    let serial = try #require(tree.node(at: "/serial@3000"))
    #expect(serial.property("clocks")?.u32 == phandle)
    #expect(!serial.has("clock-frequency"))
    #expect(tree.node(at: "/pclk")?.property("clock-frequency")?.u32 == 3_141_592)
    #expect(tree.node(at: "/clock-24000000") == nil)
  }

  @Test("a 16550 says how its registers lie, and is a console")
  func serial() throws {
    let tree = try lower {
      NS16550(
        at: 0x3f8, interrupt: .spi(0, .edgeRising), size: .bytes(8), currentSpeed: 115_200,
        regShift: 2, regIOWidth: 4)
    }
    let node = try #require(tree.node(at: "/serial@3f8"))
    #expect(node.property("compatible")?.string == "ns16550a")
    #expect(node.property("reg")?.number(at: 2, cells: 2) == 8)
    #expect(node.property("clock-frequency")?.u32 == 1_843_200)
    #expect(node.property("current-speed")?.u32 == 115_200)
    #expect(node.property("reg-shift")?.u32 == 2)
    #expect(node.property("reg-io-width")?.u32 == 4)
    #expect(tree.node(at: "/chosen")?.property("stdout-path")?.string == "/serial@3f8")
  }

  @Test("a port of the secure world is nobody's console")
  func secureConsole() throws {
    let tree = try lower {
      PL011(at: 0x0904_0000, interrupt: .spi(8, .levelHigh)).secureOnly()
      PL011(at: 0x0900_0000, interrupt: .spi(1, .levelHigh))
    }
    let secure = try #require(tree.node(at: "/serial@9040000"))
    #expect(secure.property("status")?.string == "disabled")
    #expect(secure.property("secure-status")?.string == "okay")
    #expect(tree.node(at: "/chosen")?.property("stdout-path")?.string == "/serial@9000000")
  }

  @Test("crosvm's, kvmtool's and Firecracker's have their nodes")
  func others() throws {
    let tree = try lower {
      MC146818(at: 0x101_0000)
      VCPUStallDetector(at: 0x3000, interrupt: .ppi(15, .levelHigh))
      GoldfishBattery(at: 0x5000, interrupt: .spi(10, .levelHigh))
      VMGenID(at: 0x8000_0000, interrupt: .spi(11, .edgeRising))
      TPMTIS(at: 0x0c00_0000, interrupt: .spi(12, .levelHigh))
    }
    let rtc = try #require(tree.node(at: "/rtc@1010000"))
    #expect(rtc.property("compatible")?.string == "motorola,mc146818")
    #expect(rtc.property("reg")?.number(at: 2, cells: 2) == 2)
    let watchdog = try #require(tree.node(at: "/vmwdt@3000"))
    #expect(watchdog.property("timeout-sec")?.u32 == 10)
    #expect(watchdog.property("interrupts")?.cell(0) == 1)
    #expect(tree.node(at: "/battery@5000")?.has("interrupts") == true)
    #expect(tree.node(at: "/vmgenid@80000000")?.property("reg")?.number(at: 2, cells: 2) == 16)
    #expect(tree.node(at: "/tpm@c000000")?.property("reg")?.number(at: 2, cells: 2) == 0x5000)
  }

  @Test("a key that is pressed when its line is low says so")
  func activeLow() throws {
    let gpio = PL061(at: 0x0903_0000, interrupt: .spi(7, .levelHigh))
    let tree = try lower {
      GPIOKeys { GPIOKey("restart", code: 408, gpio: gpio.line(7, activeLow: true)) }
      gpio
    }
    let key = try #require(tree.node(at: "/gpio-keys/restart"))
    #expect(key.property("gpios")?.cell(0) == (try phandle(tree, "/gpio@9030000")))
    #expect(key.property("gpios")?.cell(1) == 7)
    #expect(key.property("gpios")?.cell(2) == 1)
    #expect(!key.has("label"))
  }

  @Test("addresses have as many cells as the bus that they are on")
  func cells() throws {
    let tree = try lower {
      Bus(
        "platform-bus", .qemuPlatform,
        ranges: [.init(child: 0, parent: 0x1_0c00_0000, size: .mib(32))]
      ) {
        NS16550(at: 0x1000, interrupt: .spi(2, .levelHigh))
        Bus("soc", ranges: [.init(child: 0x1_0000_0000, parent: 0x1_0000, size: .kib(64))]) {
          VirtioMMIO(.block, at: 0x1_0000_0200, interrupt: .spi(3, .levelHigh))
        }
      }
      Node("outer", at: 0x100, size: .bytes(0x100)) {
        Property("#address-cells", 1)
        Property("#size-cells", 1)
        Node("inner", at: 0x10, size: .bytes(4))
      }
    }
    let bus = try #require(tree.node(at: "/platform-bus@10c000000"))
    #expect(bus.property("ranges")?.cellCount == 4)
    #expect(bus.property("ranges")?.number(at: 1, cells: 2) == 0x1_0c00_0000)
    #expect(bus.child("serial@1000")?.property("reg")?.cellCount == 2)
    let inner = try #require(bus.child("soc@10000"))
    #expect(inner.property("ranges")?.cellCount == 5)
    #expect(inner.child("virtio@100000200")?.property("reg")?.cellCount == 4)
    #expect(tree.node(at: "/outer@100/inner@10")?.property("reg")?.cellCount == 2)
  }

  @Test(
    "every kind of bus has its compatible",
    arguments: [
      (Bus.Kind.simpleBus, ["simple-bus"]), (.simpleMFD, ["simple-mfd"]),
      (.ambaBus, ["arm,amba-bus", "simple-bus"]), (.qemuPlatform, ["qemu,platform", "simple-bus"]),
    ])
  func buses(kind: Bus.Kind, compatible: [String]) throws {
    let tree = try lower { Bus("soc", kind) {} }
    #expect(tree.node(at: "/soc")?.property("compatible")?.strings == compatible)
  }

  @Test("a heap is kept from the kernel, or lent to it")
  func heaps() throws {
    let tree = try lower {
      Memory(at: 0x4000_0000, size: .gib(1)) {
        SharedDMAPool("heap", at: 0x5000_0000, size: .mib(8))
        SharedDMAPool("movable", .reusable, size: .mib(8), alignment: .mib(2))
        SharedDMAPool("default", .cmaDefault, at: 0x5200_0000, size: .mib(16))
      }
    }
    let heap = try #require(tree.node(at: "/reserved-memory/heap@50000000"))
    #expect(heap.property("compatible")?.string == "shared-dma-pool")
    #expect(heap.has("no-map") && !heap.has("reusable"))
    let movable = try #require(tree.node(at: "/reserved-memory/movable"))
    #expect(movable.has("reusable") && !movable.has("no-map"))
    #expect(movable.property("alignment")?.number(at: 0, cells: 2) == 2 << 20)
    let all = try #require(tree.node(at: "/reserved-memory/default@52000000"))
    #expect(all.has("reusable") && all.has("linux,cma-default"))
  }
}

import DTGenTestSupport
import DeviceTree
import PlatformDescription
import PlatformLowering
import Testing

/// What a description can say against the usual: other names, fewer properties, odd names.
@Suite("exceptions from the usual")
struct ExceptionTests {
  private func lower(
    @ComponentBuilder _ elements: () -> [Element]
  ) -> Lowering {
    Lowering(Platform("p") { VirtualMachine("guest", architecture: .arm64) { elements() } })
  }

  private func tree(_ lowering: Lowering) throws -> FlattenedTree {
    #expect(lowering.mistakes.isEmpty)
    return try FlattenedTree(try #require(lowering.machines.first).tree.flattened())
  }

  @Test("a node has the name that it is given, and keeps its unit address")
  func names() throws {
    let uart = PL011(at: 0x900_0000, interrupt: .spi(1, .levelHigh)).named("pl011")
    let pool = RestrictedDMAPool("bounce", at: 0x5f00_0000, size: .mib(8)).named("memory")
    let tree = try tree(
      lower {
        GICv3(distributor: 0x800_0000, redistributors: 0x80a_0000).named("intc")
        Memory(at: 0x4000_0000, size: .gib(1)) { pool }
        uart
        VirtioMMIO(
          .unspecified, at: 0xa00_0000, interrupt: .spi(16, .edgeRising), memoryRegion: pool)
        Chosen(stdout: uart)
        Bus("soc", ranges: [.init(child: 0, parent: 0x1000, size: .kib(4))]) {}.named("bus")
        ArchTimer().named("t-i_m.e")
      })
    for path in ["/pl011@9000000", "/intc@8000000", "/bus@1000", "/t-i_m.e"] {
      #expect(tree.node(at: path) != nil, "\(path)")
    }
    #expect(tree.node(at: "/chosen")?.property("stdout-path")?.string == "/pl011@9000000")
    let region = tree.node(at: "/reserved-memory/memory@5f000000")
    #expect(
      tree.node(at: "/virtio@a000000")?.property("memory-region")?.u32
        == region?.property("phandle")?.u32)
  }

  @Test("a property is left out, and what is added instead stands")
  func omissions() throws {
    let lowering = Lowering(
      Platform("p") {
        VirtualMachine("guest", architecture: .arm64) {
          GICv3(distributor: 0x800_0000, redistributors: 0x80a_0000)
          PL011(at: 0x900_0000, interrupt: .spi(1, .levelHigh)).omitting("clock-names", "clocks")
          ArchTimer().omitting("compatible").adding { Property("compatible", "example,timer") }
          Chosen(bootArguments: "quiet").omitting("stdout-path")
        }
        .omitting("model", "interrupt-parent")
      })
    let tree = try tree(lowering)
    #expect(tree.root.has("model") == false)
    #expect(tree.root.has("interrupt-parent") == false)
    #expect(tree.node(at: "/serial@9000000")?.has("clocks") == false)
    #expect(tree.node(at: "/timer")?.property("compatible")?.string == "example,timer")
    #expect(tree.node(at: "/chosen")?.properties.map(\.name) == ["bootargs"])
  }

  @Test("what isn't there can't be left out, and what no node has can't be named")
  func mistakes() {
    let mistakes = lower {
      GICv3(distributor: 0x800_0000, redistributors: 0x80a_0000).omitting("rag")
      ArchTimer().named("a timer")
      Node("thing")
      Alias("thing0", for: Node("thing")).named("other")
      MemoryReservation(at: 0, size: .kib(4)).labelled(Label("start"))
      MemoryReservation(at: 0, size: .bytes(0))
    }.mistakes
    #expect(
      mistakes.map(\.id) == [
        "description/nothing-to-omit", "description/invalid-name", "description/no-node",
        "description/no-node", "description/empty-reservation", "description/unknown-reference",
      ])
  }

  @Test("memory is reserved ahead of the tree, in the order of the description")
  func reservations() throws {
    let tree = try tree(
      lower {
        MemoryReservation(at: 0x4800_0000, size: .kib(4))
        MemoryReservation(at: 0xffff_ffff_ffff_f000, size: .kib(4))
      })
    #expect(tree.memoryReservations.map(\.address) == [0x4800_0000, 0xffff_ffff_ffff_f000])
    #expect(tree.memoryReservations.map(\.size) == [4096, 4096])
  }

  @Test("the header names the processor that boots", arguments: [UInt32(0), 1, .max])
  func bootCPU(id: UInt32) throws {
    let machine = VirtualMachine("guest", architecture: .arm64) {}.bootCPU(id)
    #expect(try tree(Lowering(Platform("p") { machine })).header.bootCPU == id)
  }

  @Test(
    "names that dtc takes are taken, whatever the specification says of them",
    arguments: [
      "9lives", String(repeating: "n", count: 255), "+", "a,b.c_d-e",
    ])
  func oddNames(name: String) throws {
    let tree = try tree(
      lower { Node(name) { Property(name == "9lives" ? "a*b?#" : name) } })
    #expect(tree.root.child(name)?.properties.count == 1)
  }

  @Test("a unit address may be empty, since trees have such")
  func emptyUnitAddress() throws {
    #expect(try tree(lower { Node("bus", unitAddress: "") }).root.child("bus@") != nil)
  }
}

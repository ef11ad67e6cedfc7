import DTGenTestSupport
import DeviceTree
import PlatformDescription
import PlatformLowering
import Testing

@Suite("the IOMMU of a protected guest")
struct PKVMIOMMUTests {
  private let one = PKVMIOMMU(id: 0x4)
  private let other = PKVMIOMMU(id: 0x9)

  private func lowering(@ComponentBuilder _ elements: () -> [Element]) -> Lowering {
    Lowering(
      Platform("p") {
        VirtualMachine(
          "guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1), confidential: .pKVM
        ) { elements() }
      })
  }

  private func device(
    _ name: String, at address: GuestAddress, _ cells: Cell...
  ) -> PlatformDescription.Node {
    PlatformDescription.Node(name, at: address, size: .kib(4)) {
      Property("compatible", "example,device")
      Property("iommus", cells: cells)
    }
  }

  @Test("is a node with a number, and devices name it with their streams")
  func nodes() throws {
    let lowering = lowering {
      one
      device("rng", at: 0xb00_0000, .phandle(one), 0, .phandle(other), 1)
      other
    }
    #expect(lowering.mistakes == [])
    let tree = try FlattenedTree(try #require(lowering.machines.first).tree.flattened())
    #expect(tree.node(at: "/pviommu0")?.property("id")?.u32 == 4)
    #expect(tree.node(at: "/pviommu1")?.property("id")?.u32 == 9)
    #expect(tree.node(at: "/pviommu1")?.property("#iommu-cells")?.u32 == 1)
    #expect(tree.node(at: "/pviommu1")?.property("compatible")?.string == "pkvm,pviommu")
    #expect(
      tree.cells("/rng@b000000", "iommus", phandles: [0, 2]) == ["pviommu0", "0", "pviommu1", "1"])
  }

  @Test("made by one line of a loop, each is told from the others by its number")
  func loop() throws {
    let all = (UInt32(0)..<4).map { PKVMIOMMU(id: $0) }
    let lowering = lowering {
      all
      for (index, iommu) in all.enumerated() {
        device("rng", at: GuestAddress(UInt64(0xb00_0000 + index << 12)), .phandle(iommu), 7)
      }
    }
    #expect(lowering.mistakes == [])
  }

  @Test("has a number and streams of its own")
  func unique() {
    #expect(
      lowering {
        one
        PKVMIOMMU(id: 4)
      }.mistakes.map(\.id) == ["description/duplicate-id"])
    let mistakes = lowering {
      one
      device("rng", at: 0xb00_0000, .phandle(one), 3)
      device("camera", at: 0xb00_1000, .phandle(one), 3)
    }.mistakes
    #expect(mistakes.map(\.id) == ["description/stream-twice"])
  }

  @Test("is no part of a machine of another architecture, and of no table")
  func elsewhere() {
    for firmware in [Firmware.acpi, .deviceTree] {
      let architecture: Architecture = firmware == .acpi ? .arm64 : .riscv64
      let lowering = Lowering(
        Platform("p") {
          VirtualMachine("guest", architecture: architecture, firmware: firmware) { one }
        })
      #expect(!lowering.mistakes.isEmpty)
    }
  }
}

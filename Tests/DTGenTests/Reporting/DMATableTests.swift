import DTGenTestSupport
import DeviceTree
import Diagnostics
import Foundation
import GuestView
import PlatformLint
import Testing

@testable import dtgen

@Suite("the table of who may DMA where", .requires(.dtc))
struct DMATableTests {
  private func table(_ text: String, features: DeviceFeatures? = nil) throws -> DMATable {
    let bytes = try ExampleCompiler(Example(text).source).bytes
    return DMATable(GuestView(tree: try FlattenedTree(bytes), features: features))
  }

  private let four = """
    / {
      smmu: iommu@9050000 {
        compatible = "arm,smmu-v3";
        reg = <0x0 0x9050000 0x0 0x20000>;
        #iommu-cells = <1>;
      };
      virtio@a000400 {
        compatible = "virtio,mmio";
        reg = <0x0 0xa000400 0x0 0x200>;
        interrupts = <0 18 1>;
        iommus = <&smmu 1>;
      };
      virtio@a000600 {
        compatible = "virtio,mmio";
        reg = <0x0 0xa000600 0x0 0x200>;
      };
    };
    &net {
      /delete-property/ memory-region;
    };
    """

  private var plain: TextStyle { TextStyle(styled: false) }

  @Test("says for each device where, through what, and why")
  func outcomes() throws {
    #expect(
      try table(four).text(file: "guest.dtb", style: plain) == """
        guest.dtb
          virtio@a000000  virtio,mmio  into restricted-dma-pool@5f000000 alone, if the VMM offers VIRTIO_F_ACCESS_PLATFORM
          virtio@a000200  virtio,mmio  into all memory: neither a pool nor an IOMMU is described for it
          virtio@a000400  virtio,mmio  where iommu@9050000 lets it, if the VMM offers VIRTIO_F_ACCESS_PLATFORM
          virtio@a000600  virtio,mmio  none, it does not come up: it has no interrupt that can be resolved
          2 confined, 1 may reach all memory, 1 does not come up

        """)
  }

  @Test("says so where no device does DMA")
  func nothing() throws {
    let bytes = try ExampleCompiler("/dts-v1/;\n/ { };\n").bytes
    let table = DMATable(GuestView(tree: try FlattenedTree(bytes)))
    #expect(table.text(file: "-", style: plain) == "standard input: no device does DMA\n")
  }

  @Test("believes the features that it is told")
  func features() throws {
    func device(_ bits: [Int]) -> DeviceFeatures {
      DeviceFeatures(devices: [
        .init(node: "/virtio@a000000", type: 2, featureBits: bits, queueSizes: [128])
      ])
    }
    let without = try table(four, features: device([32]))
    #expect(
      without.lines(style: plain)[0].hasSuffix(
        "block        into all memory: it does not offer VIRTIO_F_ACCESS_PLATFORM"))
    #expect(without.counts.confined == 1)
    #expect(try table(four, features: device([32, 33])).rows[0].deviceID == 2)
  }

  /// A host with a pool, a function with a node and another one's, and an IOMMU in front of some.
  private let pci = """
    &pci {
      memory-region = <&bounce>;
      iommu-map = <0x10 &smmu 0x10 0x1>;
      net@3,0 {
        reg = <0x1800 0x0 0x0 0x0 0x0>;
      };
    };
    / {
      smmu: iommu@9050000 {
        compatible = "arm,smmu-v3";
        reg = <0x0 0x9050000 0x0 0x20000>;
        #iommu-cells = <1>;
      };
    };
    """

  @Test("names the functions of a PCI host by their addresses, behind it")
  func functions() throws {
    let bytes = try ExampleCompiler(Example(in: .pci, pci).source).bytes
    func device(_ requesterID: UInt16, _ bits: [Int]) -> DeviceFeatures.Device {
      .init(node: "/pcie@4010000000", requesterID: requesterID, type: 2, featureBits: bits)
    }
    let features = DeviceFeatures(devices: [
      device(0x20, [32, 33]), device(0x10, [32, 33]), device(0x28, [32]),
    ])
    let table = DMATable(GuestView(tree: try FlattenedTree(bytes), features: features))
    let lines = table.lines(style: plain).filter { $0.hasPrefix("0000:") || $0.hasPrefix("pcie") }
    #expect(
      lines == [
        "pcie@4010000000  other functions  into restricted-dma-pool@5f000000 alone, virtio devices if the VMM offers VIRTIO_F_ACCESS_PLATFORM",
        "0000:00:02.0     block            where iommu@9050000 lets it as 0x10, if the VMM offers VIRTIO_F_ACCESS_PLATFORM",
        "0000:00:03.0     net@3,0          into restricted-dma-pool@5f000000 alone, if the VMM offers VIRTIO_F_ACCESS_PLATFORM",
        "0000:00:04.0     block            into restricted-dma-pool@5f000000 alone, if the VMM offers VIRTIO_F_ACCESS_PLATFORM",
        "0000:00:05.0     block            into all memory: it does not offer VIRTIO_F_ACCESS_PLATFORM",
      ])
    #expect(
      table.devices.compactMap(\.pciAddress) == [
        "0000:00:02.0", "0000:00:03.0", "0000:00:04.0", "0000:00:05.0",
      ])
  }

  @Test("for programs names the node, the outcome and the addresses")
  func json() throws {
    let document = DMATable.Document([(file: "guest.dtb", table: try table(four))])
    let object = try JSONSerialization.jsonObject(with: Data(try JSONText.encode(document)))
    let files = try #require((object as? [String: Any])?["files"] as? [[String: Any]])
    let devices = try #require(files[0]["devices"] as? [[String: Any]])
    #expect(
      devices.map { $0["outcome"] as? String } == [
        "restrictedPool", "allMemory", "iommu", "absent",
      ])
    #expect(devices[0]["through"] as? String == "/reserved-memory/restricted-dma-pool@5f000000")
    #expect(devices[0]["firstAddress"] as? Int == 0x5f00_0000)
    #expect(devices[0]["lastAddress"] as? Int == 0x5f7f_ffff)
    #expect(devices[2]["through"] as? String == "/iommu@9050000")
    #expect((devices[1]["because"] as? String)?.isEmpty == false)
  }
}

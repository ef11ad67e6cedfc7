import DTGenTestSupport
import DeviceTree
import Diagnostics
import GuestView
import PlatformLint
import Testing

@Suite("PCI hosts that mean harm")
struct HostilePCITests {
  @Test(
    "no change of a bit makes the checker trap", .requires(.dtc),
    arguments: [
      Example.Base.iommu, .riscv,
    ])
  func mutations(base: Example.Base) throws {
    let bytes = try Check(Example(in: base, "/ { };")).compiled.bytes
    var generator = Xorshift(state: 0xfeed_5678_9abc_def1)
    var read = 0
    for _ in 0..<1500 {
      var mutated = bytes
      for _ in 0...Int(generator.next() % 4) {
        let position = 40 + Int(generator.next() % UInt64(mutated.count - 40))
        mutated[position] =
          generator.next() % 2 == 0
          ? UInt8(truncatingIfNeeded: generator.next()) : [0, 0xff, 0x80, 1][position % 4]
      }
      guard let tree = try? FlattenedTree(mutated) else { continue }
      read += 1
      let report = Linter().lint(GuestView(tree: tree))
      #expect(report.findings.allSatisfy { $0.place.byteOffset ?? 0 <= mutated.count })
    }
    #expect(read > 500)
  }

  @Test("cells and numbers at their limits are read without a trap", .requires(.dtc))
  func extremes() throws {
    let numbers = ["0", "1", "5", "16", "17", "0x7fffffff", "0xffffffff"]
    for number in numbers {
      for place in [
        "&pci { #address-cells", "&pci { #size-cells", "&pci { #interrupt-cells",
        "&gic { #address-cells", "&gic { #interrupt-cells", "&gic { #redistributor-regions",
        "&smmu { #iommu-cells", "&its { #msi-cells", "&pci { iommu-map-mask",
      ] {
        _ = try Check(Example(in: .iommu, "\(place) = <\(number)>; };"))
      }
      for name in ["iommu-map", "msi-map", "interrupt-map", "ranges", "reg", "bus-range"] {
        for count in [1, 2, 4, 7] {
          let value = Array(repeating: number, count: count).joined(separator: " ")
          _ = try Check(Example(in: .iommu, "&pci { \(name) = <\(value)>; };"))
        }
      }
    }
  }

  @Test("maps of a hundred thousand rows take no square of time")
  func largeMaps() throws {
    let rows: UInt32 = 100_000
    var iommuMap: [UInt32] = []
    var interruptMap: [UInt32] = []
    for row in 0..<rows {
      // Every entry holds every ID that has bit 15, and every row is for the same pin.
      iommuMap += [row % 0x8000, 1, row, 0x1_0000]
      interruptMap += [0, 0, 0, 1, 2, 0, row, 4]
    }
    let functions = (0..<UInt32(10_000)).map { number in
      Node("f\(number)", properties: [Property("reg", .cells([number << 8, 0, 0, 0, 0]))])
    }
    let host = Node(
      "pcie",
      properties: [
        Property("compatible", .string("pci-host-ecam-generic")),
        Property("device_type", .string("pci")),
        Property("#address-cells", .u32(3)), Property("#size-cells", .u32(2)),
        Property("#interrupt-cells", .u32(1)), Property("iommu-map", .cells(iommuMap)),
        Property("interrupt-map", .cells(interruptMap)),
      ], children: functions)
    let others = [
      Node("smmu", properties: [Property("phandle", .u32(1)), Property("#iommu-cells", .u32(1))]),
      Node(
        "gic",
        properties: [
          Property("phandle", .u32(2)), Property("#interrupt-cells", .u32(3)),
          Property("compatible", .string("arm,gic-v3")),
        ]),
    ]
    let root = Node(
      "", properties: [Property("#address-cells", .u32(2)), Property("#size-cells", .u32(2))],
      children: others + [host])
    let view = GuestView(tree: try FlattenedTree(try Tree(root: root).flattened()))
    #expect(view.dmaDevices.count == 10_001)
    let map = try #require(view.interruptMap(of: view.pciHosts[0].node))
    #expect(map.rows.count == Int(rows))
    #expect(map.shadowed.count == Int(rows) - 1)
    let report = Linter().lint(view)
    #expect(report.omitted.contains { $0.rule == "pci/interrupt-map-duplicate" })
    #expect(report.omitted.contains { $0.rule == "iommu/map-overlap" })
  }
}

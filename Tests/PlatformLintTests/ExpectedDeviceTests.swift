import Diagnostics
import GuestView
import PlatformLint
import Testing

/// What a guest has beside what it was to have, in ways that one example of a rule has no room for.
@Suite("the devices that were expected")
struct ExpectedDeviceTests {
  private static let function = DeviceFeatures.Device(
    node: "/pcie@4010000000", requesterID: 0x8, type: 2, featureBits: [32, 33], queueSizes: [256])

  /// The findings of the rules of drift, as rule and severity, sorted.
  private func drift(
    from expected: [DeviceFeatures.Device]?, to offered: [DeviceFeatures.Device]?,
    expecting expectedText: String = "", _ text: String = "", in base: Example.Base = .pci
  ) throws -> [String] {
    let example = Example(
      in: base, features: offered.map { DeviceFeatures(devices: $0) }, expecting: expectedText,
      offering: expected.map { DeviceFeatures(devices: $0) }, text)
    return try Check(example).report.findings.filter { $0.rule.hasPrefix("drift/") }
      .map { "\($0.rule) \($0.severity)" }.sorted()
  }

  private func changed(
    _ change: (inout DeviceFeatures.Device) -> Void
  ) -> [DeviceFeatures.Device] {
    var function = Self.function
    change(&function)
    return [function]
  }

  @Test("are functions without a node too")
  func functions() throws {
    let expected = [Self.function]
    #expect(try drift(from: expected, to: expected) == [])
    #expect(try drift(from: expected, to: []) == ["drift/device-gone error"])
    #expect(
      try drift(from: expected, to: changed { $0.type = 1 }) == ["drift/feature-missing error"])
    #expect(
      try drift(from: expected, to: changed { $0.featureBits = [32] })
        == ["drift/feature-missing error"])
    #expect(try drift(from: expected, to: changed { $0.featureBits = [32, 33, 35] }) == [])
    let moved = try drift(from: expected, to: changed { $0.requesterID = 0x10 })
    #expect(moved.contains("drift/device-gone error"))
    #expect(moved.contains { $0.hasPrefix("drift/device-added") })
    let added = try drift(from: expected, to: expected + changed { $0.requesterID = 0x10 })
    #expect(added.count == 1 && added[0].hasPrefix("drift/device-added"), "\(added)")
  }

  @Test("aren't missed where nobody told of features")
  func untold() throws {
    #expect(try drift(from: [Self.function], to: nil) == [])
    #expect(try drift(from: nil, to: [Self.function]) == [])
  }

  @Test("must be described where they offer something")
  func undescribed() throws {
    #expect(try drift(from: [], to: [Self.function]).contains("drift/feature-missing error"))
    let disk = DeviceFeatures.Device(node: "/virtio@a000000", type: 2, featureBits: [32, 33])
    let net = DeviceFeatures.Device(node: "/virtio@a000200", type: 1, featureBits: [32, 33])
    #expect(
      try drift(from: [disk], to: [disk, net], in: .virt) == ["drift/feature-missing error"])
  }

  @Test("are behind the IOMMU that is at the same place, whatever it is called")
  func iommus() throws {
    let differs = ["drift/confinement-differs error"]
    func iommu(_ text: String) throws -> [String] {
      try drift(from: nil, to: nil, text, in: .iommu)
    }
    let renamed = """
      / {
        /delete-node/ iommu@9050000;

        other: smmuv3@9050000 {
          compatible = "arm,smmu-v3";
          reg = <0x0 0x9050000 0x0 0x20000>;
          #iommu-cells = <1>;
          dma-coherent;
        };
      };

      &pci {
        iommu-map = <0x0 &other 0x0 0x10000>;
      };
      """
    #expect(try iommu(renamed) == [])
    #expect(try iommu(renamed.replacing("9050000 0x0", with: "9080000 0x0")) == differs)
    #expect(try iommu("&smmu {\n  reg = <0x0 0x9080000 0x0 0x20000>;\n};") == differs)
  }

  @Test("have the map that says the same")
  func maps() throws {
    func map(_ rows: String, mask: String = "") throws -> [String] {
      try drift(
        from: nil, to: nil, "&pci {\n  iommu-map = <\(rows)>;\(mask)\n};", in: .iommu)
    }
    let differs = ["drift/confinement-differs error"]
    #expect(try map("0x0 &smmu 0x0 0x8000 0x8000 &smmu 0x8000 0x8000") == [])
    #expect(try map("0x0 &smmu 0x0 0x8000 0x8000 &smmu 0x9000 0x8000") == differs)
    #expect(try map("0x0 &smmu 0x0 0x8000 0x9000 &smmu 0x9000 0x7000") == differs)
    #expect(try map("0x0 &smmu 0x0 0x8000") == differs)
    let mask = "\n  iommu-map-mask = <0x7fff>;"
    #expect(
      try map("0x0 &smmu 0x0 0x8000 0x8000 &smmu 0x8000 0x8000", mask: mask) == differs)
  }
}

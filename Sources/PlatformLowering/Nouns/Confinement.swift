import DeviceTree
import PlatformDescription

extension MachineLowering {
  /// Sets `memory-region` and its names, where there are any.
  mutating func setMemoryRegion(
    _ regions: [Reference], names: [String], of node: inout DraftNode,
    at location: SourceLocation?
  ) {
    if !regions.isEmpty {
      for reference in regions {
        if reference.noun == SharedMemory.noun, let name = reference.name {
          namedShares.insert(name)
        }
        check(reference, at: location)
      }
      node.set("memory-region", .cells(regions.map { .phandle(Target($0)) }))
    }
    if !names.isEmpty {
      if names.count != regions.count {
        mistake(
          "description/names-and-regions",
          "\(Self.counted(names.count, "name")) for \(Self.counted(regions.count, "region"))",
          at: location, help: "give each region one name, or none a name")
      }
      node.set("memory-region-names", .strings(names))
    }
  }

  private static func counted(_ count: Int, _ noun: String) -> String {
    count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
  }

  /// A name that is taken by another region would send the device's data there.
  private mutating func check(_ reference: Reference, at location: SourceLocation?) {
    guard let name = reference.name, case .some(let declared?) = declaration(ofRegion: name),
      let meant = reference.declared, meant != declared
    else { return }
    mistake(
      "description/other-region", "the region meant here is not the '\(name)' of this machine",
      at: location, help: "put the region that is meant into the machine's memory",
      related: [.init("this one is meant", at: meant), .init("this one is placed", at: declared)])
  }

  /// What the VMM has to offer: the standard, the platform's DMA where the device is confined to a
  /// region or behind an IOMMU, or the guest's memory is kept from the host, what follows from the queues, and what the description asks for; by
  /// number.
  func offered(
    _ features: [VirtioFeature], by device: VirtioDevice, withholding: [VirtioFeature],
    isConfined: Bool
  ) -> [VirtioFeature] {
    var bits: Set<Int> = [VirtioFeature.version1.bit]
    if isConfined || machine.confidential != nil {
      bits.insert(VirtioFeature.accessPlatform.bit)
    }
    bits.formUnion(device.impliedFeatures.map(\.bit))
    bits.formUnion(features.map(\.bit))
    bits.subtract(withholding.map(\.bit))
    return bits.sorted().map { .bit($0) }
  }
}

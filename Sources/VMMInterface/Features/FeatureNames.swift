import GuestView
import PlatformDescription

/// The names of the feature bits of one type of device, both ways.
struct FeatureNames {
  private let deviceID: Int

  init(deviceID: Int) { self.deviceID = deviceID }

  /// The standard's name; nil for a bit that has none.
  func name(of bit: Int) -> String? {
    let name = VirtioFeature.bit(bit).name(on: deviceID)
    return name.hasPrefix("VIRTIO_") ? name : nil
  }

  /// The number of the bit `name`; nil for what is no bit of this type.
  ///
  /// What the standard has renamed is known by both of its names.
  func bit(_ name: String) -> Int? {
    if let bit = Self.former[name], deviceID == 5 || !name.contains("BALLOON") { return bit }
    return (0..<Self.count).first { self.name(of: $0) == name }
  }

  /// The number of a bit that is none of the standard, and known nevertheless: a proposal's, or one that only
  /// drivers before the standard are offered.
  static func bitOutsideOfTheStandard(_ name: String) -> Int? {
    name == "VIRTIO_F_ANY_LAYOUT" ? 27 : Proposal.named(name)?.featureBit
  }

  /// How many bits there are.
  static let count = 128

  /// **Source:** Linux `include/uapi/linux/virtio_config.h`, `virtio_ring.h` and `virtio_balloon.h`, which
  /// keep to the names of drafts.
  private static let former = [
    "VIRTIO_F_IOMMU_PLATFORM": 33, "VIRTIO_RING_F_INDIRECT_DESC": 28, "VIRTIO_RING_F_EVENT_IDX": 29,
    "VIRTIO_BALLOON_F_REPORTING": 5,
  ]
}

/// The types of devices by their names.
enum DeviceTypes {
  private static let ids = (1..<64).filter { VirtioDevice.hasTypeName($0) }

  /// The standard's names, by ID.
  static var names: [String] { ids.map(VirtioDevice.typeName) }

  /// The ID of the type `name`; nil for what is none.
  static func id(of name: String) -> Int? {
    ids.first { VirtioDevice.typeName(of: $0) == name }
  }
}

/// Where a function is on its host: `00:01.0`.
struct FunctionAddress: CustomStringConvertible {
  var requesterID: UInt16

  init(_ requesterID: UInt16) { self.requesterID = requesterID }

  /// The address that `text` spells, with or without the segment in front; nil where it spells none.
  init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), let tail = parts.last,
      let bus = UInt8(parts[parts.count - 2], radix: 16)
    else { return nil }
    let ends = tail.split(separator: ".", omittingEmptySubsequences: false)
    guard ends.count == 2, let device = UInt8(ends[0], radix: 16), device < 32,
      let function = UInt8(ends[1], radix: 8), function < 8,
      parts.count == 2 || UInt16(parts[0], radix: 16) != nil
    else { return nil }
    requesterID = UInt16(bus) << 8 | UInt16(device) << 3 | UInt16(function)
  }

  var description: String {
    func hex(_ number: UInt16) -> String {
      let digits = String(number, radix: 16)
      return digits.count < 2 ? "0" + digits : digits
    }
    return "\(hex(requesterID >> 8)):\(hex(requesterID >> 3 & 31)).\(requesterID & 7)"
  }
}

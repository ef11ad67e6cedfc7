extension VirtioFeature {
  /// The types whose bits have names here, by device ID.
  public static let types: [any VirtioFeatureBit.Type] = [
    Network.self, Block.self, Console.self, Balloon.self, SCSI.self, GPU.self, Socket.self,
    Crypto.self, IOMMU.self, Memory.self, Sound.self, FileSystem.self, PMEM.self,
  ]

  /// The standard's name: `VIRTIO_F_VERSION_1`, `VIRTIO_NET_F_MRG_RXBUF`; `bit 5` for one that has
  /// none here.
  ///
  /// **Source:** VIRTIO 1.3, sections 5 and 6.
  public var name: String { name(on: deviceID) }

  /// The name of the bit on a device of this type: up to bit 23 and from bit 50 on they differ from
  /// type to type.
  public func name(on deviceID: Int?) -> String {
    if let name = Self.common[bit] { return name }
    for type in Self.types where type.deviceID == deviceID {
      if let name = type.name(of: bit) { return name }
    }
    return "bit \(bit)"
  }

  /// The bits that mean the same on every device.
  ///
  /// **Source:** VIRTIO 1.3, section 6.
  private static let common: [Int: String] = [
    28: "VIRTIO_F_INDIRECT_DESC", 29: "VIRTIO_F_EVENT_IDX", 32: "VIRTIO_F_VERSION_1",
    33: "VIRTIO_F_ACCESS_PLATFORM", 34: "VIRTIO_F_RING_PACKED", 35: "VIRTIO_F_IN_ORDER",
    36: "VIRTIO_F_ORDER_PLATFORM", 37: "VIRTIO_F_SR_IOV", 38: "VIRTIO_F_NOTIFICATION_DATA",
    39: "VIRTIO_F_NOTIF_CONFIG_DATA", 40: "VIRTIO_F_RING_RESET", 41: "VIRTIO_F_ADMIN_VQ",
  ]
}

extension VirtioFeatureBit {
  fileprivate static func name(of bit: Int) -> String? { Self(rawValue: bit)?.name }
}

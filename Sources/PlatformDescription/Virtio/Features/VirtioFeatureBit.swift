/// A feature bit that devices of one type have, and no others.
public protocol VirtioFeatureBit: RawRepresentable, CaseIterable, Sendable where RawValue == Int {
  /// The device ID of the type.
  static var deviceID: Int { get }
  /// The standard's name of the bit: `VIRTIO_NET_F_MRG_RXBUF`.
  var name: String { get }
}

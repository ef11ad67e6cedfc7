public import GuestView

extension DeviceFeatures.Device {
  /// The feature bits as an example lists them: `27 (VIRTIO_F_ANY_LAYOUT), 32, 33`.
  public var listedBits: String {
    featureBits.map { bit in names[bit].map { "\(bit) (\($0))" } ?? "\(bit)" }
      .joined(separator: ", ")
  }
}

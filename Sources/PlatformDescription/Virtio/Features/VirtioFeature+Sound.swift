extension VirtioFeature {
  /// Bit `bit` of a sound device.
  public static func sound(_ bit: Sound) -> VirtioFeature { VirtioFeature(bit) }

  /// The feature bits of a sound device.
  ///
  /// **Source:** VIRTIO 1.3, section 5.14.3.
  public enum Sound: Int, VirtioFeatureBit {
    /// VIRTIO_SND_F_CTLS, 0: the device has controls.
    case ctls = 0

    /// The device ID, 25.
    public static var deviceID: Int { 25 }

    /// The standard's name: `VIRTIO_SND_F_CTLS`.
    public var name: String {
      switch self {
      case .ctls: "VIRTIO_SND_F_CTLS"
      }
    }
  }
}

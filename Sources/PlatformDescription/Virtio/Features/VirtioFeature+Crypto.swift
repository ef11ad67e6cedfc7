extension VirtioFeature {
  /// Bit `bit` of a crypto device.
  public static func crypto(_ bit: Crypto) -> VirtioFeature { VirtioFeature(bit) }

  /// The feature bits of a crypto device.
  ///
  /// **Source:** VIRTIO 1.3, section 5.9.3.
  public enum Crypto: Int, VirtioFeatureBit {
    /// VIRTIO_CRYPTO_F_REVISION_1, 0: requests have the format of revision 1.
    case revision1 = 0
    /// VIRTIO_CRYPTO_F_CIPHER_STATELESS_MODE, 1: ciphers work without a session.
    case cipherStatelessMode = 1
    /// VIRTIO_CRYPTO_F_HASH_STATELESS_MODE, 2: hashes work without a session.
    case hashStatelessMode = 2
    /// VIRTIO_CRYPTO_F_MAC_STATELESS_MODE, 3: authentication codes work without a session.
    case macStatelessMode = 3
    /// VIRTIO_CRYPTO_F_AEAD_STATELESS_MODE, 4: authenticated encryption works without a session.
    case aeadStatelessMode = 4
    /// VIRTIO_CRYPTO_F_AKCIPHER_STATELESS_MODE, 5: asymmetric ciphers work without a session.
    case akcipherStatelessMode = 5

    /// The device ID, 20.
    public static var deviceID: Int { 20 }

    /// The standard's name: `VIRTIO_CRYPTO_F_REVISION_1`.
    public var name: String {
      switch self {
      case .revision1: "VIRTIO_CRYPTO_F_REVISION_1"
      case .cipherStatelessMode: "VIRTIO_CRYPTO_F_CIPHER_STATELESS_MODE"
      case .hashStatelessMode: "VIRTIO_CRYPTO_F_HASH_STATELESS_MODE"
      case .macStatelessMode: "VIRTIO_CRYPTO_F_MAC_STATELESS_MODE"
      case .aeadStatelessMode: "VIRTIO_CRYPTO_F_AEAD_STATELESS_MODE"
      case .akcipherStatelessMode: "VIRTIO_CRYPTO_F_AKCIPHER_STATELESS_MODE"
      }
    }
  }
}

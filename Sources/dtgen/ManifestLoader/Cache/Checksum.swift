/// The 64-bit FNV-1a hash: it names cache entries and finds those that were cut short or damaged.
///
/// It guards against accidents alone. That an entry belongs to a description is not left to a hash:
/// the entry holds the whole key, and the key is compared.
/// **Source:** draft-eastlake-fnv, section 2.
struct Checksum {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  /// Takes in bytes.
  mutating func update(_ bytes: some Sequence<UInt8>) {
    // The product is meant to wrap.
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
  }

  /// The hash of `bytes`.
  static func of(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var checksum = Checksum()
    checksum.update(bytes)
    return checksum.value
  }
}

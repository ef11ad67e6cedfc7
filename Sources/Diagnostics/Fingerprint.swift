extension Finding {
  /// What makes it the same finding in another version of the file: 16 hexadecimal digits.
  ///
  /// Made from the rule, the node, the property and the decoded element, and from nothing that
  /// moves when something else in the file changes. Two findings of one rule at one place share it.
  ///
  /// **Source:** FNV-1a in 64 bits, `draft-eastlake-fnv`; it is short and needs no library, and
  /// nobody gains anything by a collision.
  public var fingerprint: String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for part in [rule, place.node ?? "", place.property ?? "", place.element ?? ""] {
      // The NUL keeps "a" + "bc" apart from "ab" + "c".
      for byte in Array(part.utf8) + [0] {
        // The algorithm is defined modulo 2^64.
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
      }
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

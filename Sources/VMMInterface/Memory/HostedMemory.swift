public import GuestView

/// The memory of one virtual machine, and what of it other machines have, too.
///
/// Sharing is the host's work: whatever two descriptions say, their guests see the same bytes only where their VMMs
/// map one object at that address.
public struct HostedMemory: Sendable {
  /// Memory that the machine has in common with others.
  public struct Share: Sendable, Hashable {
    /// The path of its node; its name where the machine has none for it.
    public var node: String
    /// The file that every machine of the share maps: `/dev/shm/gateway+vrings`.
    public var file: String
    /// Where this machine has it.
    public var range: AddressRange
    /// Whether this machine's devices bounce through it.
    public var isPool: Bool
    /// The names of the other machines, in the order of the description.
    public var others: [String]

    /// A share; nil for no bytes, and for what ends beyond 64 bits.
    ///
    /// - Parameters:
    ///   - name: Its name in the platform.
    ///   - platform: The name of the platform, so that those of another don't map the same file.
    ///   - node: The path of its node; nil where the machine has none for it.
    ///   - address: The guest-physical address at which this machine has it.
    ///   - size: Its size in bytes.
    ///   - isPool: Whether this machine's devices bounce through it.
    ///   - others: The names of the other machines.
    public init?(
      _ name: String, of platform: String, node: String?, at address: UInt64, size: UInt64,
      isPool: Bool, others: [String]
    ) {
      guard let range = AddressRange(at: address, size: size) else { return nil }
      self.node = node ?? name
      file = "/dev/shm/" + Self.fileWord(platform) + "+" + Self.fileWord(name)
      self.range = range
      self.isPool = isPool
      self.others = others
    }

    /// `name` as a part of a file's name that no VMM takes apart: two names never become one.
    private static func fileWord(_ name: String) -> String {
      var word = ""
      for byte in name.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
          UInt8(ascii: "."):
          word.unicodeScalars.append(Unicode.Scalar(byte))
        // A plus divides the two names.
        default: word += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
      }
      return word
    }
  }

  /// What the machine's description has as memory.
  public var ranges: RangeSet
  /// What it has in common with others, in the order of the description.
  public var shares: [Share]

  /// The memory of a machine.
  public init(ranges: [AddressRange] = [], shares: [Share] = []) {
    self.ranges = RangeSet(ranges)
    self.shares = shares
  }
}

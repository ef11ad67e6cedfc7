import GuestView

/// A virtual machine monitor whose command line is known here.
public enum VMM: String, Sendable, Hashable, CaseIterable {
  /// QEMU, 7.2 and later.
  case qemu
  /// crosvm.
  case crosvm
  /// Cloud Hypervisor.
  case cloudHypervisor = "cloud-hypervisor"
}

/// What is added to the command line of a VMM so that its devices offer what was described, and that what machines share
/// is one memory.
public struct VMMArguments: Sendable, Hashable, Encodable {
  /// Something that the VMM needs besides, which a description doesn't know.
  public struct Need: Sendable, Hashable, Encodable {
    /// The path of the node of the device or of the shared memory.
    public var node: String
    /// The option: `-blockdev`.
    public var option: String
    /// What the arguments call it.
    public var id: String
    /// What it is.
    public var what: String
  }

  /// Something in which the devices, or the memory, differ from what was described.
  public struct Difference: Sendable, Hashable, Encodable {
    /// The path of the node of the device or of the shared memory.
    public var node: String
    /// What differs: lower case, no full stop.
    public var what: String
  }

  /// Of which VMM.
  public var vmm: VMM
  /// The arguments, one by one.
  public var words: [String] = []
  /// What has to be added for them to work.
  public var needs: [Need] = []
  /// What the VMM does otherwise.
  public var differences: [Difference] = []

  init(_ vmm: VMM) { self.vmm = vmm }

  /// The arguments as a shell takes them.
  public var shell: String { words.map(ShellWord.quoted).joined(separator: " ") }

  private enum Key: String, CodingKey { case words, shell, needs, differences }

  /// Writes it as `schemas/features.schema.json` says.
  ///
  /// - Throws: What `encoder` throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(words, forKey: .words)
    try container.encode(shell, forKey: .shell)
    try container.encode(needs, forKey: .needs)
    try container.encode(differences, forKey: .differences)
  }

  mutating func need(_ device: OfferedDevice, _ option: String, _ id: String, _ what: String) {
    needs.append(Need(node: device.node, option: option, id: id, what: what))
  }

  mutating func differ(_ device: OfferedDevice, _ what: String) {
    differ(at: device.node, what)
  }

  mutating func differ(at node: String, _ what: String) {
    differences.append(Difference(node: node, what: what))
  }

  /// The file of a share, which `option` names as `id`; `making` is how it comes to be.
  mutating func need(
    _ share: HostedMemory.Share, _ option: String, _ id: String, making: String
  ) {
    let others =
      share.others.isEmpty
      ? "the other machines have"
      : share.others.joined(separator: ", ")
        + (share.others.count == 1 ? " has" : " have")
    needs.append(
      Need(
        node: share.node, option: option, id: id,
        what:
          "\(share.file), \(share.range.size) bytes of memory that \(others), too: \(making), and let nobody else open it"
      ))
  }
}

/// Words of a shell's command line.
enum ShellWord {
  /// `word`, quoted where a shell would take it otherwise.
  ///
  /// **Source:** POSIX.1-2017, XCU 2.2.2: within single quotes every character but that quote stands for
  /// itself.
  static func quoted(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "-_=,./:@+%".utf8.contains(byte)
      }
    }
    return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }
}

import GuestView

/// The memory of a machine as VMMs lay it out: one part after the other from the machine's first address of RAM, so that
/// a part of its own comes to lie where a share has to be.
struct MemoryParts {
  /// One part.
  enum Part: Hashable {
    /// Memory of this machine alone, in bytes.
    case own(UInt64)
    /// What it shares.
    case shared(HostedMemory.Share)

    /// In bytes.
    var size: UInt64 {
      switch self {
      case .own(let size): size
      case .shared(let share): share.range.last - share.range.first &+ 1
      }
    }
  }

  /// Why a VMM can't lay the memory out: lower case, no full stop.
  struct Unfit: Error, Hashable { var reason: String }

  /// In ascending order, without a gap.
  private(set) var parts: [Part] = []
  /// The bytes that the VMM gives the machine as RAM of its own, and its description doesn't.
  private(set) var surplus: UInt64 = 0

  /// All bytes.
  var size: UInt64 { parts.map(\.size).reduce(0, &+) }

  /// Lays out `memory`.
  ///
  /// - Parameters:
  ///   - memory: What the machine has.
  ///   - first: The VMM's first address of RAM.
  ///   - end: The first address at which its RAM isn't in one piece any more.
  /// - Throws: Why it can't be.
  init(_ memory: HostedMemory, from first: UInt64, below end: UInt64) throws(Unfit) {
    if let lowest = memory.ranges.ranges.first, lowest.first < first {
      throw Unfit(
        reason: "has no RAM at \(ByteText.hex(lowest.first)), where the description has memory")
    }
    var next = first
    for share in memory.shares.sorted(by: { $0.range.first < $1.range.first }) {
      guard share.range.first >= next, share.range.last < end else {
        throw Unfit(
          reason:
            "can't put RAM at \(ByteText.hex(share.range.first)): it lays out RAM from \(ByteText.hex(first)) on, up to \(ByteText.hex(end))"
        )
      }
      if share.range.first > next { parts.append(.own(share.range.first - next)) }
      parts.append(.shared(share))
      next = share.range.last + 1
    }
    if let last = memory.ranges.ranges.last, last.last >= next {
      guard last.last < end else {
        throw Unfit(reason: "doesn't have RAM in one piece beyond \(ByteText.hex(end - 1))")
      }
      parts.append(.own(last.last - next + 1))
    }
    countSurplus(memory, from: first)
  }

  private mutating func countSurplus(_ memory: HostedMemory, from first: UInt64) {
    var address = first
    for part in parts {
      defer { address &+= part.size }
      guard case .own(let size) = part else { continue }
      let described = memory.ranges.ranges.map { range -> UInt64 in
        let from = max(range.first, address)
        let through = min(range.last, address + (size - 1))
        return from > through ? 0 : through - from + 1
      }
      surplus &+= size - described.reduce(0, &+)
    }
  }
}

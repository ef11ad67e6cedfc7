/// Where the host has the memory of each machine, and what it keeps for itself.
///
/// It is what a hypervisor's configuration says; no tree has it.
public struct HostMap: Sendable, Hashable {
  /// A place in the file that says so.
  public struct Location: Sendable, Hashable {
    /// The line, from 1.
    public var line: Int
    /// The column in bytes, from 1.
    public var column: Int

    /// A place.
    public init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }
  }

  /// Guest-physical addresses of a machine, and the host's behind them, equally many.
  public struct Entry: Sendable, Hashable {
    /// The guest-physical addresses.
    public var guest: AddressRange
    /// The host's physical addresses.
    public var host: AddressRange
    /// Where it says so.
    public var location: Location?

    /// `size` bytes; nil where there are none, or where an address would pass 2⁶⁴.
    public init?(guest: UInt64, host: UInt64, size: UInt64, location: Location? = nil) {
      guard let guest = AddressRange(at: guest, size: size),
        let host = AddressRange(at: host, size: size)
      else { return nil }
      self.guest = guest
      self.host = host
      self.location = location
    }
  }

  /// Memory of the host that no machine may have.
  public struct Kept: Sendable, Hashable {
    /// What it is for.
    public var name: String
    /// The host's physical addresses.
    public var host: AddressRange
    /// Where it says so.
    public var location: Location?

    /// Memory of the host's own.
    public init(name: String, host: AddressRange, location: Location? = nil) {
      self.name = name
      self.host = host
      self.location = location
    }
  }

  /// What reports call the file.
  public var file: String
  /// What the hypervisor keeps.
  public var hypervisor: [Kept]
  /// What each machine has, in the order of ``MachinesView/machines``.
  public var machines: [[Entry]]

  /// A map.
  public init(file: String, hypervisor: [Kept] = [], machines: [[Entry]]) {
    self.file = file
    self.hypervisor = hypervisor
    self.machines = machines
  }
}

extension HostMap.Entry {
  /// The guest-physical addresses behind which `part` of the host's lies; nil where none is.
  public func guest(of part: AddressRange) -> AddressRange? {
    guard let part = host.intersection(part) else { return nil }
    return AddressRange(
      from: guest.first + (part.first - host.first), through: guest.first + (part.last - host.first)
    )
  }

  /// The host's addresses behind `part` of the guest's; nil where there are none.
  public func host(of part: AddressRange) -> AddressRange? {
    guard let part = guest.intersection(part) else { return nil }
    return AddressRange(
      from: host.first + (part.first - guest.first), through: host.first + (part.last - guest.first)
    )
  }
}

extension HostMap {
  /// Guest-physical addresses, and what the host has behind them.
  public struct Piece: Sendable, Hashable {
    /// The guest-physical addresses.
    public var guest: AddressRange
    /// The host's.
    public var host: AddressRange
  }

  /// What lies behind `range` of a machine, by address; pieces that follow each other on both sides
  /// are one.
  public func pieces(of range: AddressRange, in machine: Int) -> [Piece] {
    guard machines.indices.contains(machine) else { return [] }
    let pieces = machines[machine].compactMap { entry -> Piece? in
      guard let guest = entry.guest.intersection(range), let host = entry.host(of: guest) else {
        return nil
      }
      return Piece(guest: guest, host: host)
    }.sorted { ($0.guest, $0.host) < ($1.guest, $1.host) }
    var merged: [Piece] = []
    for piece in pieces {
      if let last = merged.last, last.guest.last != .max, last.host.last != .max,
        last.guest.last + 1 == piece.guest.first, last.host.last + 1 == piece.host.first,
        let guest = AddressRange(from: last.guest.first, through: piece.guest.last),
        let host = AddressRange(from: last.host.first, through: piece.host.last)
      {
        merged[merged.count - 1] = Piece(guest: guest, host: host)
      } else {
        merged.append(piece)
      }
    }
    return merged
  }

  /// What the host has behind `size` bytes at `address` of a machine; nil where that isn't one piece.
  public func piece(behind address: UInt64, size: UInt64, in machine: Int) -> AddressRange? {
    guard let range = AddressRange(at: address, size: size) else { return nil }
    let pieces = pieces(of: range, in: machine)
    return pieces.count == 1 && pieces[0].guest == range ? pieces[0].host : nil
  }

  /// The first part of `range` of a machine that has nothing behind it, `others` left out; nil where
  /// all has.
  public func gap(
    in range: AddressRange, of machine: Int, besides others: [AddressRange] = []
  ) -> AddressRange? {
    let covered = RangeSet(
      pieces(of: range, in: machine).map(\.guest) + others.compactMap { $0.intersection(range) }
    ).ranges
    guard let first = covered.first else { return range }
    if first.first > range.first {
      return AddressRange(from: range.first, through: first.first - 1)
    }
    guard first.last < range.last else { return nil }
    let next = covered.dropFirst().first
    return AddressRange(
      from: first.last + 1, through: next.map { $0.first - 1 } ?? range.last)
  }

  /// Where the file says what lies behind `range` of a machine.
  public func locations(of range: AddressRange, in machine: Int) -> [Location] {
    guard machines.indices.contains(machine) else { return [] }
    return machines[machine].filter { $0.guest.overlaps(range) }.compactMap(\.location)
  }
}

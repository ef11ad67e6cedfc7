import PoolSizing

/// Finds places for pools in what is free of memory, the same ones for the same tree.
struct FreeMemory {
  /// What lies right above a place, so that it is not higher.
  enum Ceiling: Hashable {
    /// The end of memory, of which ``keptAtEnd`` stay free.
    case endOfMemory
    /// 4 GiB: devices that reach no further have to get there.
    case fourGiB
    /// Something that is there already, by its name.
    case owner(String)
  }

  /// A place for a pool.
  struct Place: Hashable {
    var at: UInt64
    var memory: ClosedRange<UInt64>
    var ceiling: Ceiling
  }

  /// The memory whose braces a pool stands in.
  struct Bounds: Hashable {
    var range: ClosedRange<UInt64>
    var name: String
  }

  /// A run of free memory, in whole units.
  struct Hole: Hashable {
    var at: UInt64
    var size: UInt64
  }

  /// What stays free at the end of memory, 4 MiB: VMMs put the device tree there.
  ///
  /// **Source:** crosvm `aarch64/src/lib.rs`, `AARCH64_FDT_MAX_SIZE`; Firecracker
  /// `arch/aarch64/layout.rs`, `FDT_MAX_SIZE`; QEMU `hw/riscv/boot.c`, `riscv_compute_fdt_addr`: at most
  /// 2 MiB, on a multiple of 2 MiB.
  static let keptAtEnd: UInt64 = 4 << 20
  /// What stays free at the start of the lowest memory, 64 MiB or half of it: firmware and kernel are
  /// loaded there.
  ///
  /// **Source:** Linux `Documentation/arch/arm64/booting.rst`, `Documentation/arch/riscv/boot.rst`.
  static let keptAtStart: UInt64 = 64 << 20
  private static let fourGiB: UInt64 = 4 << 30

  private var claims: [Occupancy.Claim]
  private let windows: [Window]

  /// Where places are looked for, and why not above.
  private struct Window {
    var range: ClosedRange<UInt64>
    var memory: ClosedRange<UInt64>
    var top: Ceiling
  }

  /// What `occupancy` leaves free, but for what a VMM is known to load.
  init(_ occupancy: Occupancy, without kept: [Occupancy.Claim] = []) {
    claims = (occupancy.claims + kept).sorted { $0.range.lowerBound < $1.range.lowerBound }
    var (below, above): ([Window], [Window]) = ([], [])
    for (index, memory) in occupancy.memory.enumerated() {
      let size = memory.upperBound - memory.lowerBound
      guard size >= Self.keptAtEnd else { continue }
      let first = memory.lowerBound + (index == 0 ? min(Self.keptAtStart, size / 2) : 0)
      let last = memory.upperBound - Self.keptAtEnd
      guard first <= last else { continue }
      if first < Self.fourGiB {
        let reachesOn = last >= Self.fourGiB
        below.append(
          Window(
            range: first...(reachesOn ? Self.fourGiB - 1 : last), memory: memory,
            top: reachesOn ? .fourGiB : .endOfMemory))
      }
      if last >= Self.fourGiB {
        above.append(
          Window(range: max(first, Self.fourGiB)...last, memory: memory, top: .endOfMemory))
      }
    }
    windows = below + above
  }

  /// The windows, as far as they are in `bounds`.
  private func windows(within bounds: Bounds?) -> [Window] {
    guard let bounds else { return windows }
    return windows.compactMap { window in
      guard window.range.overlaps(bounds.range) else { return nil }
      let range = window.range.clamped(to: bounds.range)
      let isCut = range.upperBound < window.range.upperBound
      return Window(
        range: range, memory: window.memory,
        top: isCut ? .owner("the end of \(bounds.name)") : window.top)
    }
  }

  /// Takes the highest place for `size` bytes in the lowest memory that has one, below 4 GiB if need not
  /// be above; nil where there is none.
  ///
  /// - Parameters:
  ///   - size: The size, in bytes.
  ///   - bounds: The memory that it has to be in; nil for any.
  ///   - owner: What the place is called from then on, by its address.
  /// - Returns: The place, on a multiple of 2 MiB.
  mutating func take(
    _ size: UInt64, within bounds: Bounds? = nil, for owner: (UInt64) -> String
  ) -> Place? {
    let length = max(size, 1) - 1
    for window in windows(within: bounds) {
      for gap in gaps(in: window.range).reversed() {
        guard gap.range.upperBound - gap.range.lowerBound >= length else { continue }
        let at = (gap.range.upperBound - length) / Bounce.unit * Bounce.unit
        guard at >= gap.range.lowerBound else { continue }
        let claim = Occupancy.Claim(range: at...(at + length), owner: owner(at))
        let position = claims.firstIndex { $0.range.lowerBound > at } ?? claims.count
        claims.insert(claim, at: position)
        return Place(
          at: at, memory: window.memory, ceiling: gap.above.map { .owner($0) } ?? window.top)
      }
    }
    return nil
  }

  /// The largest run of whole units that is left, the first of several; nil where there is none.
  func largestHole(within bounds: Bounds? = nil) -> Hole? {
    var largest: Hole?
    for window in windows(within: bounds) {
      for gap in gaps(in: window.range) {
        let first =
          gap.range.lowerBound / Bounce.unit + (gap.range.lowerBound % Bounce.unit == 0 ? 0 : 1)
        // One past the last address, in units, without leaving 64 bits.
        let end =
          gap.range.upperBound / Bounce.unit
          + (gap.range.upperBound % Bounce.unit == Bounce.unit - 1 ? 1 : 0)
        guard end > first, (end - first) * Bounce.unit > largest?.size ?? 0 else { continue }
        largest = Hole(at: first * Bounce.unit, size: (end - first) * Bounce.unit)
      }
    }
    return largest
  }

  /// What is free in `window`, in ascending order, each with what lies above it; nil for its end.
  private func gaps(
    in window: ClosedRange<UInt64>
  ) -> [(range: ClosedRange<UInt64>, above: String?)] {
    var gaps: [(range: ClosedRange<UInt64>, above: String?)] = []
    var next = window.lowerBound
    for claim in claims where claim.range.overlaps(window) {
      if claim.range.lowerBound > next {
        gaps.append((next...(claim.range.lowerBound - 1), claim.owner))
      }
      guard claim.range.upperBound < window.upperBound else { return gaps }
      next = max(next, claim.range.upperBound + 1)
    }
    gaps.append((next...window.upperBound, nil))
    return gaps
  }
}

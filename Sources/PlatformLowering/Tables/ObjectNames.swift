import ACPI

/// Hands out names of objects in `\_SB`: `D000`, `D001`, … in base 36, around those that are taken.
///
/// No VMM's tables name devices so: their names begin with letters that mean something, `VR00`, `PCI0`.
struct ObjectNames {
  private var next = 13 * 36 * 36 * 36
  private var taken: Set<NameSegment>

  /// Names around `taken`.
  init(taken: Set<NameSegment>) { self.taken = taken }

  /// The next free name; nil where `ZZZZ` is taken.
  mutating func take() -> NameSegment? {
    while next < 36 * 36 * 36 * 36 {
      let name = Self.segment(next)
      next += 1
      if !taken.contains(name) { return name }
    }
    return nil
  }

  /// The four digits of `number` in base 36, the first one lowest in the segment.
  static func segment(_ number: Int) -> NameSegment {
    var value: UInt32 = 0
    var rest = number
    for shift: UInt32 in [24, 16, 8, 0] {
      let digit = UInt32(rest % 36)
      value |= (digit < 10 ? 0x30 + digit : 0x41 + digit - 10) << shift
      rest /= 36
    }
    return NameSegment(rawValue: value)
  }
}

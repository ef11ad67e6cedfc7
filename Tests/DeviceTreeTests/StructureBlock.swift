/// A flattened tree put together token by token, right or wrong.
struct StructureBlock {
  private(set) var bytes: [UInt8] = []

  mutating func token(_ token: UInt32) { bytes += Self.bigEndian(token) }

  mutating func begin(_ name: [UInt8]) {
    token(1)
    bytes += name + [0]
    pad()
  }

  mutating func end() { token(2) }

  mutating func property(nameOffset: UInt32, value: [UInt8]) {
    token(3)
    token(UInt32(value.count))
    token(nameOffset)
    bytes += value
    pad()
  }

  mutating func noOperation() { token(4) }

  mutating func finish() { token(9) }

  private mutating func pad() { while bytes.count % 4 != 0 { bytes.append(0) } }

  /// A whole file, with what its header says.
  func file(
    strings: [UInt8] = [], reservations: [(UInt64, UInt64)] = [], version: UInt32 = 17,
    compatible: UInt32 = 16, misalignment: Int = 0, slack: Int = 0
  ) -> [UInt8] {
    var list: [UInt8] = []
    for (address, size) in reservations + [(0, 0)] {
      list += Self.bigEndian(UInt32(truncatingIfNeeded: address >> 32))
      list += Self.bigEndian(UInt32(truncatingIfNeeded: address))
      list += Self.bigEndian(UInt32(truncatingIfNeeded: size >> 32))
      list += Self.bigEndian(UInt32(truncatingIfNeeded: size))
    }
    list += [UInt8](repeating: 0, count: misalignment)
    let structureOffset = 40 + list.count
    let stringsOffset = structureOffset + bytes.count
    let total = stringsOffset + strings.count + slack
    let header: [Int] = [
      0xd00d_feed, total, structureOffset, stringsOffset, 40, Int(version), Int(compatible), 0,
      strings.count, bytes.count,
    ]
    return header.flatMap { Self.bigEndian(UInt32($0)) } + list + bytes + strings
      + [UInt8](repeating: 0, count: slack)
  }

  static func bigEndian(_ number: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }
}

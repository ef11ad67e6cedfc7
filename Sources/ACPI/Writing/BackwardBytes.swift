/// Bytes that are written from the last to the first.
///
/// AML puts the length of a term in front of what it counts, in as few bytes as the length needs. From
/// the end, the length is known when its place is reached, so that nothing is moved or measured first.
struct BackwardBytes {
  private var storage: [UInt8]
  /// The place of the first byte.
  private(set) var start: Int

  /// Nothing, with room for some bytes.
  init(capacity: Int = 256) {
    storage = [UInt8](repeating: 0, count: max(capacity, 16))
    start = storage.count
  }

  /// The number of bytes so far.
  var count: Int { storage.count - start }

  /// The bytes so far.
  var bytes: [UInt8] { Array(storage[start...]) }

  /// Makes room for `count` bytes in front, and returns the place of the first.
  mutating func prepend(_ count: Int) -> Int {
    if count > start { grow(by: count) }
    start -= count
    return start
  }

  private mutating func grow(by count: Int) {
    let used = storage.count - start
    var larger = [UInt8](repeating: 0, count: max(2 * storage.count, 2 * (used + count)))
    let place = larger.count - used
    larger.replaceSubrange(place..., with: storage[start...])
    storage = larger
    start = place
  }

  /// Puts one byte in front.
  mutating func prepend(byte: UInt8) {
    if start == 0 { grow(by: 1) }
    start -= 1
    storage[start] = byte
  }

  /// Puts bytes in front.
  mutating func prepend(_ bytes: [UInt8]) {
    var place = prepend(bytes.count)
    for byte in bytes {
      storage[place] = byte
      place += 1
    }
  }

  /// Puts a string and its NUL in front.
  mutating func prepend(string: String) {
    var place = prepend(string.utf8.count + 1)
    for byte in string.utf8 {
      storage[place] = byte
      place += 1
    }
    storage[place] = 0
  }

  /// Writes a little-endian number at `place`, which is moved behind it.
  mutating func put(_ value: some FixedWidthInteger & UnsignedInteger, at place: inout Int) {
    var rest = UInt64(truncatingIfNeeded: value)
    for _ in 0..<(value.bitWidth / 8) {
      storage[place] = UInt8(truncatingIfNeeded: rest)
      rest >>= 8
      place += 1
    }
  }

  /// Writes bytes at `place`, which is moved behind them.
  mutating func put(bytes: some Sequence<UInt8>, at place: inout Int) {
    for byte in bytes {
      storage[place] = byte
      place += 1
    }
  }
}

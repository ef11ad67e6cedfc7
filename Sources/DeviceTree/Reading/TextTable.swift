/// Texts that stand in a file, each once, numbered in the order in which they were met.
///
/// A tree has thousands of properties and a few hundred names. Held as numbers they are compared
/// without being read.
public struct TextTable: Sendable {
  private struct Entry {
    var offset: UInt32
    var count: UInt32
    var hash: UInt32
  }

  private var entries: [Entry] = []
  /// A number and one, at the place that its hash says or in one of those behind it; 0 for none.
  private var slots = [UInt32](repeating: 0, count: 1024)
  /// Those that found no slot near their place, byte for byte; looked up, never walked.
  ///
  /// Whoever makes a file knows the hash, and can choose texts that collide. This dictionary's is not
  /// known to them, so that a look-up takes the same time whatever is in the file.
  private var displaced: [[UInt8]: UInt32] = [:]

  /// How many slots are looked at: in a table that is half full, more are never needed by chance.
  private static let mostProbes = 32

  /// A table without texts.
  public init() {}

  /// The number of texts.
  public var count: Int { entries.count }

  /// Where text `number` stands in the file, in bytes.
  public func byteRange(of number: Int) -> Range<Int> {
    let entry = entries[number]
    return Int(entry.offset)..<(Int(entry.offset) + Int(entry.count))
  }

  /// The number of the text at `range` of `bytes`, a new one where it wasn't met before.
  public mutating func number(
    insertingTextAt range: Range<Int>, of bytes: borrowing Span<UInt8>
  ) -> Int {
    let hash = Self.hash(range, of: bytes)
    if let known = find(bytes.extracting(range), hash: hash, in: bytes) { return known }
    let number = entries.count
    entries.append(
      Entry(offset: UInt32(range.lowerBound), count: UInt32(range.count), hash: hash))
    if 2 * entries.count > slots.count {
      grow(bytes)
    } else {
      place(number, bytes)
    }
    return number
  }

  /// The number of `text`; nil where it isn't there.
  public func number(of text: borrowing Span<UInt8>, in bytes: borrowing Span<UInt8>) -> Int? {
    find(text, hash: Self.hash(0..<text.count, of: text), in: bytes)
  }

  /// The number of the text at `range` of `bytes`; nil where it isn't there.
  func number(of range: Range<Int>, in bytes: borrowing Span<UInt8>) -> Int? {
    find(bytes.extracting(range), hash: Self.hash(range, of: bytes), in: bytes)
  }

  /// The numbers of the texts that end in `suffix`, in ascending order.
  public func numbers(
    endingIn suffix: borrowing Span<UInt8>, in bytes: borrowing Span<UInt8>
  ) -> [Int] {
    var numbers: [Int] = []
    for number in entries.indices {
      let end = Int(entries[number].offset) + Int(entries[number].count)
      if entries[number].count >= suffix.count,
        bytes.holds(suffix, at: end - suffix.count)
      {
        numbers.append(number)
      }
    }
    return numbers
  }

  /// The numbers of the texts that are `text` but for the case of ASCII letters, in ascending order.
  public func numbers(
    of text: borrowing Span<UInt8>, ignoringCaseIn bytes: borrowing Span<UInt8>
  ) -> [Int] {
    // Hashes don't tell cases apart, so that the spellings of a text lie together.
    var numbers: [Int] = []
    let hash = Self.hash(0..<text.count, of: text)
    if displaced.isEmpty {
      var slot = Int(hash) & (slots.count - 1)
      for _ in 0..<Self.mostProbes {
        guard slots[slot] != 0 else { break }
        let number = Int(slots[slot]) - 1
        if entries[number].hash == hash, isEqual(number, text, ignoringCase: true, bytes) {
          numbers.append(number)
        }
        slot = (slot + 1) & (slots.count - 1)
      }
      if numbers.count > 1 { numbers.sort() }
      return numbers
    }
    for number in entries.indices where entries[number].hash == hash {
      if isEqual(number, text, ignoringCase: true, bytes) { numbers.append(number) }
    }
    return numbers
  }

  private func find(
    _ text: borrowing Span<UInt8>, hash: UInt32, in bytes: borrowing Span<UInt8>
  ) -> Int? {
    var slot = Int(hash) & (slots.count - 1)
    for _ in 0..<Self.mostProbes {
      guard slots[slot] != 0 else { return nil }
      let number = Int(slots[slot]) - 1
      if entries[number].hash == hash, isEqual(number, text, ignoringCase: false, bytes) {
        return number
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    guard !displaced.isEmpty else { return nil }
    return displaced[Self.array(text)].map(Int.init)
  }

  private mutating func grow(_ bytes: borrowing Span<UInt8>) {
    slots = [UInt32](repeating: 0, count: 4 * slots.count)
    displaced = [:]
    for number in entries.indices { place(number, bytes) }
  }

  private mutating func place(_ number: Int, _ bytes: borrowing Span<UInt8>) {
    var slot = Int(entries[number].hash) & (slots.count - 1)
    for _ in 0..<Self.mostProbes {
      guard slots[slot] != 0 else {
        slots[slot] = UInt32(number) + 1
        return
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    displaced[Self.array(bytes.extracting(byteRange(of: number)))] = UInt32(number)
  }

  private func isEqual(
    _ number: Int, _ text: borrowing Span<UInt8>, ignoringCase: Bool,
    _ bytes: borrowing Span<UInt8>
  ) -> Bool {
    let entry = entries[number]
    guard Int(entry.count) == text.count else { return false }
    return ignoringCase
      ? bytes.holds(text, ignoringCaseAt: Int(entry.offset))
      : bytes.holds(text, at: Int(entry.offset))
  }

  private static func hash(_ range: Range<Int>, of bytes: borrowing Span<UInt8>) -> UInt32 {
    UInt32(truncatingIfNeeded: bytes.hash(of: range))
  }

  private static func array(_ text: borrowing Span<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    for index in text.indices { bytes.append(text[index]) }
    return bytes
  }
}

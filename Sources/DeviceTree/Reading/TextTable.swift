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
  /// A number and one, at the place that its hash says or behind it; 0 for none.
  private var slots = [UInt32](repeating: 0, count: 1024)
  /// Whether texts were met that crowd around one place.
  ///
  /// Whoever makes a file knows the quick hash, and can choose texts that collide. From then on a hash
  /// is taken that nobody knows beforehand, so that a look-up takes the same time whatever is in the
  /// file.
  private var isCrowded = false

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
    let hash = hash(of: range, in: bytes)
    if let known = find(bytes.extracting(range), hash: hash, in: bytes) { return known }
    let number = entries.count
    entries.append(
      Entry(offset: UInt32(range.lowerBound), count: UInt32(range.count), hash: hash))
    if 2 * entries.count > slots.count {
      rebuild(slotCount: 4 * slots.count, bytes)
    } else if !place(number) {
      isCrowded = true
      rebuild(slotCount: slots.count, bytes)
    }
    return number
  }

  private mutating func rebuild(slotCount: Int, _ bytes: borrowing Span<UInt8>) {
    slots = [UInt32](repeating: 0, count: slotCount)
    if isCrowded {
      for number in entries.indices {
        entries[number].hash = hash(of: byteRange(of: number), in: bytes)
      }
    }
    for number in entries.indices where !place(number) {
      isCrowded = true
      rebuild(slotCount: slotCount, bytes)
      return
    }
  }

  /// Puts a number into its slot; false where too many others are in its way.
  private mutating func place(_ number: Int) -> Bool {
    var slot = Int(entries[number].hash) & (slots.count - 1)
    var probes = 0
    while slots[slot] != 0 {
      probes += 1
      if probes > Self.mostProbes, !isCrowded { return false }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = UInt32(number) + 1
    return true
  }
}

extension TextTable {
  /// The number of `text`; nil where it isn't there.
  public func number(of text: borrowing Span<UInt8>, in bytes: borrowing Span<UInt8>) -> Int? {
    find(text, hash: hash(of: 0..<text.count, in: text), in: bytes)
  }

  /// The number of the text at `range` of `bytes`; nil where it isn't there.
  func number(of range: Range<Int>, in bytes: borrowing Span<UInt8>) -> Int? {
    find(bytes.extracting(range), hash: hash(of: range, in: bytes), in: bytes)
  }

  /// The numbers of the texts that end in `suffix`, in ascending order.
  public func numbers(
    endingIn suffix: borrowing Span<UInt8>, in bytes: borrowing Span<UInt8>
  ) -> [Int] {
    var numbers: [Int] = []
    for number in entries.indices {
      let end = Int(entries[number].offset) + Int(entries[number].count)
      if entries[number].count >= suffix.count, bytes.holds(suffix, at: end - suffix.count) {
        numbers.append(number)
      }
    }
    return numbers
  }

  /// The numbers of the texts that are `text` but for the case of ASCII letters, in ascending order.
  public func numbers(
    of text: borrowing Span<UInt8>, ignoringCaseIn bytes: borrowing Span<UInt8>
  ) -> [Int] {
    var numbers: [Int] = []
    if isCrowded {
      for number in entries.indices where isSpelling(number, of: text, bytes) {
        numbers.append(number)
      }
      return numbers
    }
    // The quick hash doesn't tell cases apart, so that the spellings of a text lie together.
    let hash = hash(of: 0..<text.count, in: text)
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if entries[number].hash == hash, isSpelling(number, of: text, bytes) {
        numbers.append(number)
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    if numbers.count > 1 { numbers.sort() }
    return numbers
  }

  private func isSpelling(
    _ number: Int, of text: borrowing Span<UInt8>, _ bytes: borrowing Span<UInt8>
  ) -> Bool {
    Int(entries[number].count) == text.count
      && bytes.holds(text, ignoringCaseAt: Int(entries[number].offset))
  }

  private func find(
    _ text: borrowing Span<UInt8>, hash: UInt32, in bytes: borrowing Span<UInt8>
  ) -> Int? {
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if entries[number].hash == hash, Int(entries[number].count) == text.count,
        bytes.holds(text, at: Int(entries[number].offset))
      {
        return number
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private func hash(of range: Range<Int>, in bytes: borrowing Span<UInt8>) -> UInt32 {
    UInt32(
      truncatingIfNeeded: isCrowded ? bytes.unknownHash(of: range) : bytes.hash(of: range))
  }
}

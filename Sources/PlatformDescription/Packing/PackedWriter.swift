/// Packs values, one after the other.
final class PackedWriter {
  private var body: [UInt8] = []
  private var strings: [UInt8] = []
  private var numbers: [String: UInt64] = [:]
  /// For the key of each number, the one that came behind it the last time: values of one kind have
  /// the same keys in the same order, and comparing is faster than hashing.
  private var followers: [(key: String, number: UInt64)] = []
  /// For each key, the string that was its value the last time, for the same reason.
  private var texts: [(text: String, number: UInt64)?] = []
  /// The number of the last key.
  private var last: UInt64 = 0
  /// Where the objects and arrays start that nobody says the end of: they end where the value that
  /// they are in goes on, or ends.
  private var nested: [Int] = []
  /// Why what was written is no packed model.
  private var fault: EncodingError?

  /// Where the next value will be.
  var position: Int { body.count }

  /// Everything, once the one value is written.
  ///
  /// - Throws: `EncodingError` where a value asked for what the form hasn't.
  func bytes() throws -> [UInt8] {
    if let fault { throw fault }
    var all = PackedForm.magic
    all.reserveCapacity(all.count + 10 + strings.count + body.count)
    Self.append(UInt64(numbers.count), to: &all)
    all += strings
    all += body
    return all
  }

  /// Appends whatever `value` encodes.
  func append(_ value: some Encodable) throws {
    let start = body.count
    try value.encode(to: PackedEncoder(writer: self, start: start))
    if body.count == start { open(.object, at: start) }
    goOn(start)
    close(start)
  }

  /// Appends an object or array with what `entries` appends.
  func appendEntries(_ tag: PackedForm.Tag, _ entries: () throws -> Void) rethrows {
    let start = body.count
    open(tag, at: start)
    try entries()
    close(start)
  }

  /// Appends an entry of an object.
  func append(_ value: some Packable, for key: String) throws {
    append(key: key)
    try value.pack(into: self)
  }

  /// Appends an entry of an object where there is a value.
  func append(ifPresent value: (some Packable)?, for key: String) throws {
    if let value { try append(value, for: key) }
  }

  /// Starts an object or array inside the last one, without a value of its own.
  func openNested(_ tag: PackedForm.Tag) -> Int {
    let start = body.count
    open(tag, at: start)
    nested.append(start)
    return start
  }

  /// Ends all that was started inside the object or array at `start`.
  func goOn(_ start: Int) {
    while let last = nested.last, last > start {
      close(last)
      nested.removeLast()
    }
  }

  func append(_ tag: PackedForm.Tag) { body.append(tag.rawValue) }

  func append(_ flag: Bool) { append(flag ? PackedForm.Tag.yes : .no) }

  func append(_ text: String) {
    append(PackedForm.Tag.string)
    let place = Int(last)
    while texts.count <= place { texts.append(nil) }
    let number: UInt64
    if let known = texts[place], known.text == text {
      number = known.number
    } else {
      number = self.number(of: text)
      texts[place] = (text, number)
    }
    Self.append(number, to: &body)
  }

  func append(integer value: some FixedWidthInteger) {
    guard let number = UInt64(exactly: value < 0 ? ~value : value) else {
      return refuse("\(value) is too large a number")
    }
    append(value < 0 ? PackedForm.Tag.negative : .number)
    Self.append(number, to: &body)
  }

  func append(key: String) {
    let place = Int(last)
    if place < followers.count, followers[place].key == key {
      last = followers[place].number
    } else {
      last = number(of: key)
      while followers.count <= place { followers.append(("", 0)) }
      followers[place] = (key, last)
    }
    Self.append(last, to: &body)
  }

  /// The number of a string, which is a new one where it is new.
  private func number(of string: String) -> UInt64 {
    if let known = numbers[string] { return known }
    let number = UInt64(numbers.count)
    numbers[string] = number
    Self.append(UInt64(string.utf8.count), to: &strings)
    strings += Array(string.utf8)
    return number
  }

  /// Starts the object or array at `start`; asked for twice by one value, it goes on with the first.
  func open(_ tag: PackedForm.Tag, at start: Int) {
    if body.count == start {
      body.append(tag.rawValue)
      for _ in 0..<PackedForm.lengthSize { body.append(0) }
    } else if body[start] != tag.rawValue {
      refuse("a value is one thing: an object, an array, or a single value")
    }
  }

  /// Remembers the first thing that can't be packed.
  func refuse(_ why: String) {
    guard fault == nil else { return }
    fault = .invalidValue(self, .init(codingPath: [], debugDescription: why))
  }

  private func close(_ start: Int) {
    guard PackedForm.Tag(rawValue: body[start])?.hasEntries == true else { return }
    let entries = start + 1 + PackedForm.lengthSize
    guard let length = UInt32(exactly: body.count - entries) else {
      return refuse("a part of the model is larger than 4 GiB")
    }
    for index in 0..<PackedForm.lengthSize {
      body[start + 1 + index] = UInt8(truncatingIfNeeded: length >> (8 * UInt32(index)))
    }
  }

  /// LEB128: seven bits a byte, the lowest first; the highest bit says that more follow.
  private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }
}

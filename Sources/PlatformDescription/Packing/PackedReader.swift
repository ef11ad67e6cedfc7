/// A packed model, checked from end to end before anything is taken from it.
///
/// Positions are those of tags that the check has seen, so that what reads values has nothing left to
/// check but whether they are of the kind that it wants.
final class PackedReader {
  /// Where the one value is.
  let root: Int
  private let bytes: [UInt8]
  private let strings: [String]

  /// Checks `bytes`.
  ///
  /// - Throws: ``ModelError`` for what isn't a packed model.
  init(_ bytes: [UInt8]) throws(ModelError) {
    self.bytes = bytes
    guard bytes.starts(with: PackedForm.magic) else {
      throw Self.fault("is no packed model", at: 0)
    }
    var position = PackedForm.magic.count
    let count = try Self.number(in: bytes, &position)
    // Each string has a length of a byte at least.
    guard count <= bytes.count - position else {
      throw Self.fault("too many strings", at: position)
    }
    var strings: [String] = []
    strings.reserveCapacity(Int(count))
    for _ in 0..<count {
      let length = try Self.number(in: bytes, &position)
      guard length <= bytes.count - position else {
        throw Self.fault("a string ends beyond the model", at: position)
      }
      strings.append(String(decoding: bytes[position..<position + Int(length)], as: UTF8.self))
      position += Int(length)
    }
    self.strings = strings
    root = position
    try check()
  }

  /// The tag at `position`.
  func tag(at position: Int) -> PackedForm.Tag? { PackedForm.Tag(rawValue: bytes[position]) }

  /// The string at `position`; nil for another value.
  func string(at position: Int) -> String? {
    guard tag(at: position) == .string else { return nil }
    var next = position + 1
    return strings[Int(number(&next))]
  }

  /// The whole number at `position`; nil for another value, and for one that doesn't fit.
  func integer<Value: FixedWidthInteger>(at position: Int) -> Value? {
    var next = position + 1
    switch tag(at: position) {
    case .number: return Value(exactly: number(&next))
    case .negative: return Int64(exactly: number(&next)).flatMap { Value(exactly: ~$0) }
    default: return nil
    }
  }

  /// The entries of the object or array at `position`.
  func entries(at position: Int) -> Range<Int> {
    let start = position + 1 + PackedForm.lengthSize
    return start..<start + length(at: position)
  }

  /// The key at `position`, which is moved to its value.
  func key(at position: inout Int) -> String { strings[Int(number(&position))] }

  /// What comes after the value at `position`.
  func end(of position: Int) -> Int {
    switch tag(at: position) {
    case .object, .array: return entries(at: position).upperBound
    case .number, .negative, .string:
      var next = position + 1
      while bytes[next] >= 0x80 { next += 1 }
      return next + 1
    default: return position + 1
    }
  }

  private func length(at position: Int) -> Int {
    (1...PackedForm.lengthSize).reversed().reduce(0) { $0 << 8 | Int(bytes[position + $1]) }
  }

  /// A number that has been checked.
  private func number(_ position: inout Int) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
  }
}

extension PackedReader {
  /// Goes through all values without calling itself: the nesting is what is to be limited.
  private func check() throws(ModelError) {
    var open: [(end: Int, isObject: Bool)] = []
    var position = root
    try checkValue(&position, &open, end: bytes.count)
    while let (end, isObject) = open.last {
      if position == end {
        open.removeLast()
        continue
      }
      if isObject { try checkString(&position) }
      try checkValue(&position, &open, end: end)
    }
    guard position == bytes.count else {
      throw Self.fault("something follows the model", at: position)
    }
  }

  private func checkValue(
    _ position: inout Int, _ open: inout [(end: Int, isObject: Bool)], end: Int
  ) throws(ModelError) {
    guard position < end, let tag = tag(at: position) else {
      throw Self.fault("there is no value", at: position)
    }
    let start = position
    position += 1
    switch tag {
    case .null, .no, .yes: break
    case .number, .negative: _ = try Self.number(in: bytes, &position)
    case .string: try checkString(&position)
    case .object, .array:
      position += PackedForm.lengthSize
      guard position <= end, length(at: start) <= end - position else {
        throw Self.fault("a value ends beyond what it is in", at: start)
      }
      guard open.count < PackedForm.depthLimit else {
        throw Self.fault("more than \(PackedForm.depthLimit) values in each other", at: start)
      }
      open.append((position + length(at: start), tag == .object))
    }
    guard position <= end else { throw Self.fault("a value ends beyond what it is in", at: start) }
  }

  private func checkString(_ position: inout Int) throws(ModelError) {
    let start = position
    guard try Self.number(in: bytes, &position) < strings.count else {
      throw Self.fault("there is no such string", at: start)
    }
  }

  private static func number(in bytes: [UInt8], _ position: inout Int) throws(ModelError) -> UInt64
  {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while position < bytes.count {
      let byte = bytes[position]
      // The tenth byte has room for the last bit alone.
      guard shift < 63 || byte <= 1 else { break }
      value |= UInt64(byte & 0x7f) << shift
      position += 1
      if byte < 0x80 { return value }
      shift += 7
    }
    throw fault("a number has no end", at: position)
  }

  private static func fault(_ what: String, at position: Int) -> ModelError {
    ModelError(path: "", message: "byte \(position): \(what)")
  }
}

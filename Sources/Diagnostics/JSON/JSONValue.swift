/// A value of JSON whose members keep the order in which they were written.
///
/// Reports are written by hand rather than encoded, so that the order of members says what matters,
/// and so that a report costs no more than its bytes.
///
/// **Source:** RFC 8259.
indirect enum JSONValue: Sendable, Hashable {
  case string(String)
  case integer(Int)
  case boolean(Bool)
  case array([JSONValue])
  case object([Member])

  /// A name and its value.
  struct Member: Sendable, Hashable {
    var name: String
    var value: JSONValue

    /// A member; nil where there is no value, so that it is left out.
    init?(_ name: String, _ value: JSONValue?) {
      guard let value else { return nil }
      self.name = name
      self.value = value
    }
  }

  /// An object of the members that have a value.
  static func object(_ members: Member?...) -> JSONValue { .object(members.compactMap(\.self)) }

  /// An array of strings.
  static func strings(_ strings: [String]) -> JSONValue { .array(strings.map { .string($0) }) }
}

extension String {
  /// The text as a value.
  var json: JSONValue { .string(self) }
}

extension Int {
  /// The number as a value.
  var json: JSONValue { .integer(self) }
}

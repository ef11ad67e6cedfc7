/// What is said to a VMM by QEMU's machine protocol.
///
/// **Source:** QEMU 7.2 `docs/interop/qmp-spec.txt`.
struct QMPCommand: Encodable {
  var execute: String
  var arguments: [String: String]

  private enum CodingKeys: String, CodingKey { case execute, arguments }

  /// Writes no arguments where there are none.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(execute, forKey: .execute)
    if !arguments.isEmpty { try container.encode(arguments, forKey: .arguments) }
  }
}

/// What it says.
struct QMPMessage<Answer: Decodable>: Decodable {
  /// That the protocol begins.
  var greeting: Greeting?
  var answer: Answer?
  var error: Refusal?
  /// What has happened meanwhile.
  var event: String?

  struct Greeting: Decodable {}

  /// Why there is no answer.
  struct Refusal: Decodable {
    /// `CommandNotFound` for what it doesn't know.
    var kind: String
    var description: String

    enum CodingKeys: String, CodingKey {
      case kind = "class"
      case description = "desc"
    }
  }

  enum CodingKeys: String, CodingKey {
    case greeting = "QMP"
    case answer = "return"
    case error, event
  }
}

/// An answer of which nothing matters but that it is one.
struct QMPNothing: Decodable {
  init(from decoder: any Decoder) {}
}

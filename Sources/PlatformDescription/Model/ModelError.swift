/// Why a document is no model of a platform.
public struct ModelError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Where: `virtualMachines[0].elements[2].memory.at`; empty for the document as a whole.
  public let path: String
  /// What is wrong and what was expected.
  public let message: String

  init(path: String, message: String) {
    self.path = path
    self.message = message
  }

  init(_ error: DecodingError) {
    switch error {
    case .keyNotFound(let key, let context):
      self.init(
        path: Self.spell(context.codingPath), message: "the key '\(key.stringValue)' is missing")
    case .typeMismatch(let type, let context):
      self.init(path: Self.spell(context.codingPath), message: "expected \(Self.name(of: type))")
    case .valueNotFound(let type, let context):
      self.init(
        path: Self.spell(context.codingPath), message: "expected \(Self.name(of: type)), not null")
    case .dataCorrupted(let context):
      let path = Self.spell(context.codingPath)
      // At the top level this is the parser's own complaint, which names line and column.
      let underlying = context.underlyingError.map { " (\($0))" } ?? ""
      self.init(path: path, message: context.debugDescription + (path.isEmpty ? underlying : ""))
    @unknown default:
      self.init(path: "", message: "not a model: \(error)")
    }
  }

  /// The place and what is wrong there.
  public var description: String { path.isEmpty ? message : "\(path): \(message)" }

  private static func spell(_ path: [any CodingKey]) -> String {
    var text = ""
    for key in path {
      if let index = key.intValue {
        text += "[\(index)]"
      } else {
        text += text.isEmpty ? key.stringValue : "." + key.stringValue
      }
    }
    return text
  }

  /// What a reader of JSON calls a type of Swift.
  private static func name(of type: any Any.Type) -> String {
    // A dictionary is a sequence too.
    if type == [String: Any].self { return "an object" }
    return switch type {
    case is String.Type: "a string"
    case is Bool.Type: "true or false"
    case is any BinaryInteger.Type: "a whole number"
    case is any Sequence.Type: "an array"
    default: "an object"
    }
  }
}

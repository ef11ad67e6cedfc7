/// Code in one line.
enum CodeText {
  /// The call in one line; nil where it takes more, whatever the width.
  static func flat(_ call: Call) -> String? {
    var text = head(of: call)
    if let block = call.block {
      guard let inner = flat(block) else { return nil }
      text += inner
    }
    for modifier in call.modifiers {
      guard let flat = flat(modifier) else { return nil }
      text += "." + flat
    }
    return text
  }

  /// The call up to its braces.
  static func head(of call: Call) -> String {
    if call.arguments.isEmpty, call.block != nil { return call.head }
    return call.head + "(" + call.arguments.map { flat($0) }.joined(separator: ", ") + ")"
  }

  /// A block of at most one line without braces of its own.
  private static func flat(_ block: [Statement]) -> String? {
    guard let statement = block.first else { return " {}" }
    guard block.count == 1, statement.comments.isEmpty else { return nil }
    switch statement.form {
    case .name(let name): return " { \(name) }"
    case .loop: return nil
    case .call(let call):
      guard call.block == nil, call.modifiers.allSatisfy({ $0.block == nil }),
        let flat = flat(call)
      else { return nil }
      return " { \(flat) }"
    }
  }

  static func flat(_ argument: Argument) -> String {
    (argument.label.map { $0 + ": " } ?? "") + flat(argument.value)
  }

  static func flat(_ expression: Expression) -> String {
    switch expression {
    case .text(let text): text
    case .list(let rows): "[" + rows.joined().map { flat($0) }.joined(separator: ", ") + "]"
    case .call(let call): flat(call) ?? head(of: call)
    }
  }
}

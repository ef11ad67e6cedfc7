/// Gives away names for globals: each once, and none that Swift has a use for.
struct Identifiers {
  private var taken: Set<String> = reserved
  private var suffixes: [String: Int] = [:]

  /// A name like `wanted`, in lower camel case: `gpio-keys` becomes `gpioKeys`.
  ///
  /// - Parameters:
  ///   - wanted: What the thing is called elsewhere, most wanted first.
  ///   - suffix: What is put behind names that Swift has a use for, or that are taken.
  /// - Returns: A name that nothing else has.
  mutating func take(_ wanted: [String], suffix: String = "") -> String {
    for name in wanted.map({ Self.camelCase($0) }) {
      if taken.insert(name).inserted { return name }
      if !suffix.isEmpty, taken.insert(name + suffix).inserted { return name + suffix }
    }
    let name = Self.camelCase(wanted.last ?? "") + suffix
    while true {
      let number = (suffixes[name] ?? 1) + 1
      suffixes[name] = number
      // A digit behind a digit would be read as one number.
      let separator = name.utf8.last.map { $0 >= 48 && $0 <= 57 } == true ? "x" : ""
      if taken.insert("\(name)\(separator)\(number)").inserted {
        return "\(name)\(separator)\(number)"
      }
    }
  }

  /// `text` in lower camel case: letters and digits alone, no digit first.
  static func camelCase(_ text: String) -> String {
    // Longer ones make lines that nobody reads.
    let words = text.utf8.prefix(48).split { !isLetter($0) && !isDigit($0) }
    var result: [UInt8] = []
    for word in words {
      if result.isEmpty {
        if word.first.map(isDigit) == true { result.append(contentsOf: "node".utf8) }
        // `GPIO0` becomes gpio0, and `Uart` becomes uart.
        let isUpper = !word.contains { isLetter($0) && $0 & 0x20 != 0 }
        for (position, byte) in word.enumerated() {
          result.append(isLetter(byte) && (isUpper || position == 0) ? byte | 0x20 : byte)
        }
      } else {
        for (position, byte) in word.enumerated() {
          result.append(isLetter(byte) && position == 0 ? byte & ~0x20 : byte)
        }
      }
    }
    return result.isEmpty ? "node" : String(decoding: result, as: UTF8.self)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  /// What can't stand alone in a line, or would mean something else there.
  ///
  /// **Source:** The Swift Programming Language, "Keywords and Punctuation".
  private static let reserved: Set<String> = [
    "actor", "any", "as", "associatedtype", "associativity", "async", "await", "borrowing",
    "break", "case", "catch", "class", "consume", "consuming", "continue", "convenience", "copy",
    "default", "defer", "deinit", "didSet", "discard", "distributed", "do", "dynamic", "each",
    "else", "enum", "extension", "fallthrough", "false", "fileprivate", "final", "for", "func",
    "get", "guard", "if", "import", "in", "indirect", "infix", "init", "inout", "internal", "is",
    "isolated", "lazy", "left", "let", "macro", "mutating", "nil", "none", "nonisolated",
    "nonmutating", "open", "operator", "optional", "override", "package", "platform", "postfix",
    "precedence", "precedencegroup", "prefix", "private", "protocol", "public", "repeat",
    "required", "rethrows", "return", "right", "self", "sending", "set", "slot", "some", "static",
    "struct", "subscript", "super", "switch", "then", "throw", "throws", "true", "try", "type",
    "typealias", "unowned", "unsafe", "var", "weak", "where", "while", "willSet", "yield",
  ]
}

/// How an initialiser or a method is written in a description.
///
/// The place in the file, which the compiler fills in, is left out, and a closure is shown as braces.
struct WrittenForm {
  /// One argument.
  struct Argument {
    /// What stands in front of the colon; nil for an argument without a label.
    let label: String?
    /// The name by which comments call it.
    let name: String
    /// The type, and what it is if nothing is said.
    let type: String
  }

  let arguments: [Argument]
  let hasBraces: Bool

  /// Takes a declaration apart: `init(at: GuestAddress, …)`.
  init(_ declaration: String) {
    var arguments: [Argument] = []
    var hasBraces = false
    for part in Self.split(declaration) {
      guard let colon = part.firstIndex(of: ":") else { continue }
      let names = part[..<colon].split(separator: " ").filter { !$0.hasPrefix("@") }
      let type = part[part.index(after: colon)...].drop { $0 == " " }
      guard let first = names.first, let last = names.last else { continue }
      if ["file", "line", "column"].contains(first), type.contains("= #") { continue }
      if type.hasPrefix("() ->") {
        hasBraces = true
        continue
      }
      arguments.append(
        Argument(label: first == "_" ? nil : String(first), name: String(last), type: String(type)))
    }
    self.arguments = arguments
    self.hasBraces = hasBraces
  }

  private var words: [String] {
    arguments.map { ($0.label ?? "_ " + $0.name) + ": " + $0.type }
  }

  private var end: String { hasBraces ? ") { … }" : ")" }

  /// `PL011(at: GuestAddress, interrupt: Interrupt)`.
  func line(_ name: String) -> String {
    if arguments.isEmpty { return name + (hasBraces ? " { … }" : "()") }
    return name + "(" + words.joined(separator: ", ") + end
  }

  /// The same, in lines of no more than 96 characters.
  func text(_ name: String) -> String {
    if line(name).count <= 96 { return line(name) }
    var lines = [name + "("]
    var current = ""
    for (index, word) in words.enumerated() {
      let part = word + (index == words.count - 1 ? "" : ",")
      if !current.isEmpty, current.count + part.count + 3 > 96 {
        lines.append("  " + current)
        current = part
      } else {
        current += current.isEmpty ? part : " " + part
      }
    }
    return (lines + ["  " + current + end]).joined(separator: "\n")
  }

  /// The arguments of a declaration, as they are written.
  private static func split(_ declaration: String) -> [String] {
    guard let open = declaration.firstIndex(of: "(") else { return [] }
    var parts = [""]
    var depth = 0
    var isText = false
    for character in declaration[declaration.index(after: open)...] {
      if character == "\"" { isText.toggle() }
      switch character {
      case _ where isText: break
      case "(", "[", "<": depth += 1
      case ")" where depth == 0: return parts
      case ")", "]": depth -= 1
      // `->` closes nothing.
      case ">" where parts[parts.count - 1].last != "-": depth -= 1
      case "," where depth == 0:
        parts.append("")
        continue
      default: break
      }
      parts[parts.count - 1].append(character)
    }
    return parts
  }
}

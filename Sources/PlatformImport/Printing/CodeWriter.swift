/// Lays code out in lines, as `swift format` does with the settings of this project.
///
/// What fits into a line stands in one. Else arguments are filled into lines below, and braces are
/// opened.
struct CodeWriter {
  /// The longest line.
  private static let width = 100
  private(set) var lines: [String] = []

  var text: String { lines.joined(separator: "\n") + "\n" }

  mutating func blank() { lines.append("") }

  mutating func write(import module: String) { lines.append("import \(module)") }

  mutating func comment(_ text: String, indent: Int = 0) {
    let prefix = String(repeating: " ", count: indent) + "//"
    var line = prefix
    for word in text.split(separator: " ") {
      if line.utf8.count + 1 + word.utf8.count > Self.width, line != prefix {
        lines.append(line)
        line = prefix
      }
      line += " " + word
    }
    lines.append(line)
  }

  // MARK: Globals

  mutating func write(_ global: Global) {
    for line in global.comments { comment(line) }
    switch global.form {
    case .value(let call): write(call, prefix: "let \(global.name) = ", indent: 0)
    case .part(let builder, let item, let block):
      lines.append("@\(builder) private var \(global.name): [\(item)] {")
      write(block, indent: 2)
      lines.append("}")
    }
  }

  // MARK: Blocks

  private mutating func write(_ block: [Statement], indent: Int) {
    for statement in block {
      for line in statement.comments { comment(line, indent: indent) }
      switch statement.form {
      case .name(let name): put(name, indent: indent)
      case .call(let call): write(call, prefix: "", indent: indent)
      case .loop(let variable, let sequence, let block):
        writeLoopHead("for \(variable) in ", sequence, indent: indent)
        write(block, indent: indent + 2)
        put("}", indent: indent)
      }
    }
  }

  private mutating func writeLoopHead(_ prefix: String, _ sequence: Call, indent: Int) {
    let line = prefix + (CodeText.flat(sequence) ?? "") + " {"
    if indent + line.utf8.count <= Self.width {
      put(line, indent: indent)
      return
    }
    put(prefix + sequence.head + "(", indent: indent)
    fill(sequence.arguments, indent: indent + 2)
    let modifiers = sequence.modifiers.compactMap { CodeText.flat($0) }
    if modifiers.isEmpty {
      lines[lines.count - 1] += ")"
      put("{", indent: indent)
    } else {
      put(")." + modifiers.joined(separator: ".") + " {", indent: indent)
    }
  }

  private mutating func put(_ text: String, indent: Int) {
    lines.append(String(repeating: " ", count: indent) + text)
  }

  // MARK: Calls

  private mutating func write(_ call: Call, prefix: String, indent: Int) {
    let room = Self.width - indent
    if let flat = CodeText.flat(call), prefix.utf8.count + flat.utf8.count <= room {
      put(prefix + flat, indent: indent)
      return
    }
    var isOneLine = false
    if let block = call.block {
      _ = writeHead(call, prefix: prefix, suffix: block.isEmpty ? " {}" : " {", indent: indent)
      if !block.isEmpty {
        write(block, indent: indent + 2)
        put("}", indent: indent)
      }
    } else {
      isOneLine = writeHead(call, prefix: prefix, suffix: "", indent: indent)
    }
    // Behind braces a modifier stands below the call, else it is indented.
    for modifier in call.modifiers {
      write(modifier, prefix: ".", indent: isOneLine ? indent + 2 : indent)
    }
  }

  /// Writes a call up to its braces; returns whether that took one line.
  private mutating func writeHead(
    _ call: Call, prefix: String, suffix: String, indent: Int
  ) -> Bool {
    let line = prefix + CodeText.head(of: call) + suffix
    if indent + line.utf8.count <= Self.width || call.arguments.isEmpty {
      put(line, indent: indent)
      return true
    }
    put(prefix + call.head + "(", indent: indent)
    fill(call.arguments, indent: indent + 2)
    let isFollowed = !suffix.isEmpty || !call.modifiers.isEmpty
    if !isFollowed, let last = lines.last, last.utf8.count < Self.width {
      lines[lines.count - 1] = last + ")"
    } else {
      put(")" + suffix, indent: indent)
    }
    return false
  }

  /// Fills arguments into lines, a comma behind each but the last.
  private mutating func fill(_ arguments: [Argument], indent: Int) {
    var line = ""
    for (position, argument) in arguments.enumerated() {
      let comma = position + 1 < arguments.count ? "," : ""
      let flat = CodeText.flat(argument) + comma
      // A list keeps the parenthesis that ends the call; text may leave it to a line of its own.
      var width = Self.width - indent
      if case .list = argument.value, comma.isEmpty { width -= 1 }
      let needed = line.isEmpty ? flat.utf8.count : line.utf8.count + 1 + flat.utf8.count
      if needed <= width {
        line += (line.isEmpty ? "" : " ") + flat
        continue
      }
      if !line.isEmpty { put(line, indent: indent) }
      line = ""
      if flat.utf8.count <= width {
        line = flat
      } else if case .list(let rows) = argument.value {
        writeList(rows, label: argument.label, comma: comma, indent: indent)
      } else if let label = argument.label {
        put(label + ":", indent: indent)
        put(CodeText.flat(argument.value) + comma, indent: indent + 2)
      } else {
        line = flat
      }
    }
    if !line.isEmpty { put(line, indent: indent) }
  }

  private mutating func writeList(
    _ rows: [[Expression]], label: String?, comma: String, indent: Int
  ) {
    put((label.map { $0 + ": " } ?? "") + "[", indent: indent)
    for row in rows {
      var line = ""
      for element in row {
        let flat = CodeText.flat(element) + ","
        if !line.isEmpty, indent + 2 + line.utf8.count + 1 + flat.utf8.count > Self.width {
          put(line, indent: indent + 2)
          line = ""
        }
        line += (line.isEmpty ? "" : " ") + flat
      }
      put(line, indent: indent + 2)
    }
    put("]" + comma, indent: indent)
  }
}

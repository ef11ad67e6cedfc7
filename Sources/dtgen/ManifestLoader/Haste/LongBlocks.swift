/// Puts the rows of components in long blocks into variables of their own, for the compiler to check
/// row by row: the time that it takes for a block grows with the square of its length.
///
/// Nothing is moved to another line or column, and only lines that begin with a call of a type are taken
/// for the start of a statement, behind one that ends in a bracket. What is cut out is a whole number of
/// statements that begin so, and becomes the block of a ``ComponentRowBuilder``: whatever isn't a component
/// fails to compile.
struct LongBlocks {
  /// How many components are the most in a row, and from how many on it pays to make one.
  static let longest = 20
  static let shortest = 10

  private let bytes: [UInt8]
  private let scan: SourceScan
  private var insertions: [(offset: Int, text: String)] = []
  private var rows = 0

  /// The source at `path`, cut; nil where there is no long block, or no certainty.
  static func cut(_ bytes: [UInt8], path: String) -> [UInt8]? {
    // The path is said in a literal.
    let isPlain = path.utf8.allSatisfy {
      $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
    }
    guard isPlain, let scan = SourceScan(bytes) else { return nil }
    var blocks = LongBlocks(bytes, scan)
    for block in scan.brackets.indices where blocks.isLongBlock(block) { blocks.cut(block) }
    return blocks.insertions.isEmpty ? nil : blocks.source(path)
  }

  /// Whether a source may change what a block means: by a builder of its own, or by a function that
  /// looks like a type.
  static func mayBeRedefined(in bytes: [UInt8]) -> Bool {
    for name in ["Builder", "dtgenRow"] where bytes.firstRange(of: Array(name.utf8)) != nil {
      return true
    }
    return bytes.ranges(of: Array("func ".utf8)).contains { range in
      bytes[range.upperBound...].first.map { !$0.isLowercaseLetter } ?? false
    }
  }

  private init(_ bytes: [UInt8], _ scan: SourceScan) {
    self.bytes = bytes
    self.scan = scan
  }

  /// Whether a bracket is that of `VirtualMachine(…) {`, at the end of its line.
  private func isLongBlock(_ index: Int) -> Bool {
    let bracket = scan.brackets[index]
    guard bytes[bracket.start] == UInt8(ascii: "{"), let name = bracket.name,
      bytes[name].elementsEqual("VirtualMachine".utf8)
    else { return false }
    var before = bytes[..<name.lowerBound]
    while before.last == UInt8(ascii: " ") { before.removeLast() }
    guard before.last.map({ $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "=") }) ?? true else {
      return false
    }
    return scan.lines.contains { $0.end == bracket.start + 1 }
  }

  private mutating func cut(_ block: Int) {
    var row: [Int] = []
    for (index, line) in scan.lines.enumerated() where line.bracket == block {
      if startsComponent(index, in: block) {
        row.append(index)
      } else if bytes[line.start] != UInt8(ascii: ".") {
        cut(row, in: block)
        row = []
      }
    }
    cut(row, in: block)
  }

  /// Whether a statement certainly begins with this line, and is the call of a type.
  private func startsComponent(_ index: Int, in block: Int) -> Bool {
    guard index > 0 else { return false }
    let last = scan.lines[index - 1].end - 1
    guard
      last == scan.brackets[block].start || bytes[last] == UInt8(ascii: ")")
        || bytes[last] == UInt8(ascii: "}")
    else { return false }
    let code = bytes[scan.lines[index].start...]
    guard code.first?.isUppercaseLetter == true else { return false }
    return code.first { !$0.isInName } == UInt8(ascii: "(")
  }

  /// Cuts a row of lines that start statements.
  ///
  /// Where the last of them ends isn't known, so that stays where it is.
  private mutating func cut(_ row: [Int], in block: Int) {
    let count = row.count - 1
    guard count >= Self.shortest else { return }
    let parts = (count + Self.longest - 1) / Self.longest
    for part in 0...parts {
      let before = scan.lines[row[count * part / parts] - 1].end
      var text = ""
      if part > 0 { text += " }; dtgenRow\(rows)" }
      if part < parts {
        rows += 1
        if before != scan.brackets[block].start + 1 { text += ";" }
        text +=
          " @PlatformDescription.ComponentRowBuilder var dtgenRow\(rows): [PlatformDescription.Element] {"
      }
      insertions.append((before, text))
    }
  }

  private func source(_ path: String) -> [UInt8] {
    var result = Array("#sourceLocation(file: \"\(path)\", line: 1)\n".utf8)
    var rest = bytes[...]
    for insertion in insertions.sorted(by: { $0.offset < $1.offset }) {
      result += rest[..<insertion.offset]
      result += insertion.text.utf8
      rest = rest[insertion.offset...]
    }
    return result + rest
  }
}

extension UInt8 {
  fileprivate var isUppercaseLetter: Bool { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self }
  fileprivate var isLowercaseLetter: Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= self }
}

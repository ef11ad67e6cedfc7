import DTGenTestSupport
import Foundation

/// What a page shows, done in a directory of its own from its first block to its last.
///
/// - A `swift`, `json` or `yaml` block behind "in `name`:" is written to that file. Without a name it has
///   to be a part of a file that is there.
/// - A `diff` block is applied to the file that is named, or to `platform.swift`.
/// - In a `console` block each line behind `$ ` is run by bash, and what it prints has to be what is shown.
///   A line `…` stands for any lines, `…` in a line for any text, and two blanks for any number of them. A
///   status other than 0 is shown by `$ echo $?` as the next command.
/// - An `sh` or `ini` block is not run: it is for what takes a kernel, another VMM, or a system's own
///   files. The options of dtgen in it have to exist.
struct ShownSession {
  let scratch: ScratchDirectory
  private var status: Int32 = 0
  /// What is wrong, each with the line of the page.
  private(set) var faults: [String] = []
  /// What was printed, for each block that differs.
  private(set) var corrections: [Int: [String]] = [:]

  init() throws { scratch = try ScratchDirectory() }

  /// Does what `page` shows.
  mutating func perform(_ page: ShownPage) throws {
    for (index, block) in page.blocks.enumerated() {
      switch block.language {
      case "console": try run(block, index)
      case "swift", "json", "yaml": try take(block)
      case "diff": try apply(block)
      case "sh", "ini": try look(at: block)
      // A part of what another program keeps, which no command here takes.
      case "xml": break
      default: faults.append("\(block.firstLine): no page has blocks of '\(block.language)'")
      }
    }
    if status != 0 { faults.append("the last command fails with \(status), which is not shown") }
  }

  private mutating func take(_ block: ShownPage.Block) throws {
    if let file = block.file {
      try FileManager.default.createDirectory(
        at: URL(fileURLWithPath: scratch.path + "/" + file).deletingLastPathComponent(),
        withIntermediateDirectories: true)
      try scratch.write(Array(block.text.utf8), to: file)
      if block.language == "yaml" { try look(at: block) }
      return
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: scratch.path)
    let isPart = files.contains { name in
      scratch.read(name).map { String(decoding: $0, as: UTF8.self).contains(block.text) } ?? false
    }
    if !isPart { faults.append("\(block.firstLine): no file has these lines") }
  }

  private mutating func apply(_ block: ShownPage.Block) throws {
    let file = block.file ?? "platform.swift"
    let text = scratch.read(file).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let before = block.lines.filter { !$0.hasPrefix("+") }.map { $0.dropFirst() + "\n" }.joined()
    let after = block.lines.filter { !$0.hasPrefix("-") }.map { $0.dropFirst() + "\n" }.joined()
    let places = text.ranges(of: before)
    guard places.count == 1, let place = places.first else {
      faults.append("\(block.firstLine): \(file) has these lines \(places.count) times")
      return
    }
    try scratch.write(Array(text.replacingCharacters(in: place, with: after).utf8), to: file)
  }

  private mutating func run(_ block: ShownPage.Block, _ index: Int) throws {
    var shown: [String] = []
    var printed: [String] = []
    var differs = false
    for step in Self.steps(of: block.lines) {
      let command = step.command.joined(separator: "\n")
      if status != 0, command != "echo $?" {
        faults.append("\(block.firstLine): what was run before fails with \(status), unseen")
      }
      let result = try Tool.bash.run(
        ["-c", "exec 2>&1\n(exit \(status))\n\(command)"], directory: scratch.path,
        environment: environment)
      status = result.status
      var lines = result.text.split(separator: "\n", omittingEmptySubsequences: false)
        .map(String.init)
      if lines.last == "" { lines.removeLast() }
      let prompt = step.command.enumerated().map { $0.offset == 0 ? "$ " + $0.element : $0.element }
      shown += prompt + step.output
      if Self.matches(lines[...], step.output[...]) {
        printed += prompt + step.output
      } else {
        differs = true
        printed += prompt + lines.map(Self.stable)
        faults.append(
          "\(block.firstLine): '\(command)' prints "
            + Golden.firstDifference(
              step.output.joined(separator: "\n"), lines.joined(separator: "\n")))
      }
    }
    if differs { corrections[index] = printed }
    if shown != block.lines { faults.append("\(block.firstLine): starts with no command") }
  }

  /// A path with nothing but the distribution and the system, and none of the settings of a terminal.
  private var environment: [String: String] {
    [
      "PATH": Distribution.path + "/bin:" + (ProcessInfo.processInfo.environment["PATH"] ?? ""),
      "XDG_CACHE_HOME": scratch.path + "/.cache", "TMPDIR": scratch.path, "LC_ALL": "C.UTF-8",
    ]
  }

  private mutating func look(at block: ShownPage.Block) throws {
    let text = block.text.replacing("\\\n", with: " ")
    for line in text.split(separator: "\n") {
      guard let start = line.firstRange(of: "dtgen ") else { continue }
      let words = line[start.upperBound...].split(separator: " ").map(String.init)
      let dtgen = Distribution.command()
      let commands = try dtgen.run(["--help"], environment: environment).text
      if !commands.contains("\n  \(words[0]) ") {
        faults.append("\(block.firstLine): there is no 'dtgen \(words[0])'")
      }
      // What has commands of its own is followed by one of them.
      let depth = ["capture", "gate"].contains(words[0]) ? 2 : 1
      let help = try dtgen.run(["help"] + words.prefix(depth), environment: environment)
      // What stands behind these belongs to another program.
      let own = words.prefix { $0 != "--" && $0 != "--vmm" }
      for option in own where option.hasPrefix("--") {
        let name = option.prefix { $0 != "=" }
        if !help.text.contains(name) {
          faults.append("\(block.firstLine): 'dtgen \(words[0])' has no \(name)")
        }
      }
    }
  }

  /// The commands of a block, each with what it is to print.
  private static func steps(of lines: [String]) -> [(command: [String], output: [String])] {
    var steps: [(command: [String], output: [String])] = []
    var continues = false
    for line in lines {
      if continues {
        steps[steps.count - 1].command.append(line)
      } else if line.hasPrefix("$ ") {
        steps.append(([String(line.dropFirst(2))], []))
      } else if !steps.isEmpty {
        steps[steps.count - 1].output.append(line)
        continue
      }
      continues = line.hasSuffix("\\")
    }
    return steps
  }

  /// Whether `lines` are what `pattern` shows, in which a line `…` stands for any lines.
  static func matches(_ lines: ArraySlice<String>, _ pattern: ArraySlice<String>) -> Bool {
    guard let first = pattern.first else { return lines.isEmpty }
    let rest = pattern.dropFirst()
    if first.allSatisfy({ $0 == " " || $0 == "…" }), first.contains("…") {
      return (lines.startIndex...lines.endIndex).contains { matches(lines[$0...], rest) }
    }
    guard let line = lines.first, matches(line, first) else { return false }
    return matches(lines.dropFirst(), rest)
  }

  /// Whether `line` is what `pattern` shows, in which `…` stands for any text.
  ///
  /// How wide a column is depends on lines that may be left out.
  private static func matches(_ line: String, _ pattern: String) -> Bool {
    let columns = /[ ]{2,}/
    let line = line.replacing(columns, with: "  ")
    let parts = pattern.replacing(columns, with: "  ").components(separatedBy: "…")
    guard parts.count > 1 else { return line == parts[0] }
    guard line.hasPrefix(parts[0]) else { return false }
    var rest = line.dropFirst(parts[0].count)
    for part in parts.dropFirst().dropLast() {
      guard let place = rest.firstRange(of: part) else { return false }
      rest = rest[place.upperBound...]
    }
    return rest.hasSuffix(parts[parts.count - 1])
  }

  /// What is recorded for `line`: counts of rules and of bytes change with what is no page's business.
  private static func stable(_ line: String) -> String {
    var line = line.replacing(/[0-9]+ rules/, with: "… rules")
    line.replace(/byte 0x[0-9a-f]+\)$/, with: "byte …)")
    if line.hasPrefix("  wrote  ") { line.replace(/[0-9]+ bytes$/, with: "… bytes") }
    return line
  }
}

extension Tool {
  /// The shell that the pages are written for.
  static let bash = Tool("bash", package: "bash")
}

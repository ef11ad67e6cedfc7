/// What the compiler wrote about a description.
struct CompilerMessages {
  /// All of it, as it came, without the last line's end.
  let text: String
  private let sources: [String]

  init(_ bytes: [UInt8], sources: [String]) {
    var text = String(decoding: bytes, as: UTF8.self)
    while text.last?.isNewline == true { text.removeLast() }
    self.text = Self.inOurWords(Self.respell(text, sources))
    self.sources = sources
  }

  /// Gives paths back their user's spelling: the driver drops what is superfluous in them.
  private static func respell(_ text: String, _ sources: [String]) -> String {
    let changed = sources.map { (driver: Path.simplified($0) + ":", user: $0 + ":") }
      .filter { $0.driver != $0.user }
    guard !changed.isEmpty else { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard let path = changed.first(where: { line.hasPrefix($0.driver) }) else { return line }
      return path.user + line.dropFirst(path.driver.count)
    }.joined(separator: "\n")
  }

  /// The language's own sentences, without the compiler's way of passing them on: that a method of
  /// a result builder is unavailable, and where in the module it says so.
  private static func inOurWords(_ text: String) -> String {
    guard text.contains("'buildExpression' is unavailable: ") else { return text }
    var kept: [Substring] = []
    var skipping = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("PlatformDescription."), line.contains("Builder.buildExpression:") {
        skipping = true
      } else if skipping {
        // An excerpt of the interface belongs to the note: numbers, bars, and an empty line.
        skipping = line.isEmpty || line.contains("|") || line.first?.isNumber == true
      }
      if !skipping { kept.append(line) }
    }
    while kept.last?.isEmpty == true { kept.removeLast() }
    let sentence: String = kept.joined(separator: "\n")
    return sentence.replacing("'buildExpression' is unavailable: ", with: "")
  }

  private var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

  /// Whether it is about a file, and not about options or about the compiler itself.
  var concernSources: Bool { lines.contains { isError($0, in: sources) || isInEntry($0) } }

  /// The failure that it tells of.
  ///
  /// Errors of the user's own come first, unchanged. An error in the file that was compiled with the
  /// description can only be about `platform`, and is said in words that name the user's file.
  var error: ManifestError {
    let own = withoutEntry
    if own.contains(where: { isError($0, in: sources) }) {
      return ManifestError(.notCompiling, own.joined(separator: "\n"))
    }
    guard let about = lines.first(where: isInEntry) else {
      return ManifestError(.notCompiling, text)
    }
    let sentence = PlatformDeclaration(sources: sources).sentence(for: String(about))
    return ManifestError(
      .noPlatform, (own.filter { !$0.isEmpty } + [sentence[...]]).joined(separator: "\n"))
  }

  /// The lines without what is about dtgen's own file.
  private var withoutEntry: [Substring] {
    var kept: [Substring] = []
    var skipping = false
    for line in lines {
      // A message starts with its place; what follows it, indented or numbered, belongs to it, and
      // so do notes.
      if startsMessage(line), !line.contains(": note: ") { skipping = isInEntry(line) }
      if !skipping { kept.append(line) }
    }
    while kept.last?.isEmpty == true { kept.removeLast() }
    return kept
  }

  private func startsMessage(_ line: Substring) -> Bool {
    isInEntry(line) || sources.contains { line.hasPrefix($0 + ":") }
      || line.hasPrefix("<unknown>:") || line.hasPrefix("error:") || line.hasPrefix("warning:")
  }

  private func isError(_ line: Substring, in paths: [String]) -> Bool {
    paths.contains { line.hasPrefix($0 + ":") } && line.contains(": error: ")
  }

  private func isInEntry(_ line: Substring) -> Bool {
    guard let end = line.firstRange(of: "/\(RuntimeLibrary.entryName):")?.lowerBound else {
      return false
    }
    // A path, and not a snippet of source that happens to name the file.
    return line.first == "/" && !line[..<end].contains(": ")
  }
}

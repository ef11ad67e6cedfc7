extension String {
  /// The text in lines of at most so many characters, words whole; at least one line.
  ///
  /// A word that is longer has a line to itself, and so has nothing where there is no word.
  public func brokenIntoLines(of columns: Int) -> [String] {
    var lines: [String] = []
    for word in split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= columns {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines.isEmpty ? [""] : lines
  }
}

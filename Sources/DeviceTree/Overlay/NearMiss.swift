/// Words that a name was perhaps meant to be.
enum NearMiss {
  /// How many candidates are looked at: a hostile base may have a million labels.
  private static let most = 10_000

  /// The candidate that is nearest to `name`, and near enough that it may have been meant.
  static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = Array(name.utf8)
    let allowed = max(1, min(3, wanted.count / 3))
    var best: (edits: Int, name: String)?
    for candidate in candidates.prefix(most) where candidate != name {
      let bytes = Array(candidate.utf8)
      guard abs(bytes.count - wanted.count) <= allowed, bytes.count <= 255, wanted.count <= 255
      else { continue }
      let edits = distance(bytes, wanted)
      if edits <= allowed, edits < best?.edits ?? .max { best = (edits, candidate) }
    }
    return best?.name
  }

  /// `; did you mean '…'?`, or nothing.
  static func hint(for name: String, among candidates: some Sequence<String>) -> String {
    nearest(to: name, among: candidates).map { "; did you mean '\(sanitised($0))'?" } ?? ""
  }

  /// The insertions, deletions and replacements between two words: Levenshtein's distance.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (line, byte) in left.enumerated() {
      var diagonal = row[0]
      row[0] = line + 1
      for column in right.indices {
        let replaced = diagonal + (byte == right[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
      }
    }
    return row[right.count]
  }
}

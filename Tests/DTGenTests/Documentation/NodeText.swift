/// The text that `--emit dts` gives, to cut nodes from.
struct NodeText {
  /// The paths of the nodes, in the order of the text.
  let paths: [String]
  private let lines: [Substring]
  private let places: [String: Range<Int>]

  init(_ text: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var paths: [String] = []
    var places: [String: Range<Int>] = [:]
    var open: [(path: String, line: Int)] = []
    for (number, line) in lines.enumerated() {
      let code = line.drop { $0 == "\t" }
      if code.hasSuffix("{") {
        let name = code.split(separator: " ").dropLast().last.map(String.init) ?? ""
        let parent = open.last?.path ?? ""
        let path = name == "/" ? "/" : (parent == "/" ? "" : parent) + "/" + name
        paths.append(path)
        open.append((path, number))
      } else if code == "};", let (path, first) = open.popLast() {
        places[path] = first..<(number + 1)
      }
    }
    self.paths = paths
    self.places = places
  }

  /// These nodes, each with what is in it; a node inside another of them is not shown twice.
  func nodes(_ paths: [String]) -> String {
    paths.filter { path in !paths.contains { path.hasPrefix($0 + "/") } }
      .compactMap { places[$0] }.map { text(of: lines[$0]) }.joined(separator: "\n\n")
  }

  /// The properties of the root, and what else is in it as an ellipsis.
  var rootProperties: String {
    let body = lines[(places["/"] ?? 0..<0)].dropFirst().prefix { !$0.isEmpty }
    return text(of: ["/ {"] + body + ["\t…", "};"])
  }

  /// The names of all nodes, by depth.
  var outline: String {
    paths.map { path in
      let depth = path == "/" ? 0 : path.count { $0 == "/" }
      let name = path == "/" ? "/" : String(path.split(separator: "/").last ?? "")
      return String(repeating: "  ", count: depth) + name
    }.joined(separator: "\n")
  }

  /// The entries of the memory reservation block.
  var reservations: String {
    lines.filter { $0.hasPrefix("/memreserve/") }.joined(separator: "\n")
  }

  /// Two blanks in place of a tab, from the depth of the first line on.
  private func text(of lines: some Collection<Substring>) -> String {
    let depth = lines.first?.prefix { $0 == "\t" }.count ?? 0
    return lines.map { line in
      let tabs = line.prefix { $0 == "\t" }.count
      return String(repeating: "  ", count: max(tabs - depth, 0)) + line.dropFirst(tabs)
    }.joined(separator: "\n")
  }
}

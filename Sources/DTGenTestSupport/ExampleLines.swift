/// The line of an example that each node and property came from, as `dtc --annotate` tells it.
public struct ExampleLines: Sendable {
  private var nodes: [String: Int] = [:]
  private var properties: [String: Int] = [:]

  /// Reads the source that `dtc -T -O dts` prints.
  ///
  /// Every line of it ends in a comment such as `/* base:3, example:1 */`, with one position for each
  /// time that the node was described.
  init(annotated text: String) {
    var path: [Substring] = []
    for line in text.split(separator: "\n") {
      let (code, comment) = Self.parts(line)
      if code.hasSuffix("{") {
        let words = code.dropLast().split(separator: " ")
        path.append(words.last ?? "")
        nodes[Self.join(path)] = Self.line(in: comment)
      } else if code.hasSuffix("};") {
        path = path.dropLast()
      } else if !path.isEmpty {
        let name = code.prefix { $0 != " " && $0 != ";" }
        properties[Self.join(path) + ":" + name] = Self.line(in: comment)
      }
    }
  }

  /// The line where the example describes the node first; nil where only its base does.
  public func line(ofNode path: String) -> Int? { nodes[path] }

  /// The line where the example gives the property its value; nil where only its base does.
  public func line(ofProperty name: String, in path: String) -> Int? {
    properties[path + ":" + name]
  }

  private static func parts(_ line: Substring) -> (code: Substring, comment: Substring) {
    let line = line.drop { $0 == "\t" || $0 == " " }
    // The comment stands last; a value may hold anything.
    guard line.hasSuffix("*/"), let start = line.ranges(of: "/* ").last else { return (line, "") }
    var code = line[..<start.lowerBound]
    while code.last == " " { code = code.dropLast() }
    return (code, line[start.upperBound...].dropLast(2))
  }

  private static func line(in comment: Substring) -> Int? {
    for position in comment.split(separator: ",") {
      let parts = position.drop { $0 == " " }.split(separator: ":")
      if parts.count >= 2, parts[0] == "example" {
        return Int(parts[1].prefix { $0.isNumber })
      }
    }
    return nil
  }

  private static func join(_ path: [Substring]) -> String {
    path.count <= 1 ? "/" : "/" + path.dropFirst().joined(separator: "/")
  }
}

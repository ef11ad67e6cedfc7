/// Runs of dt-validate with the project's own bindings.
public enum DTValidate {
  /// The directory of the bindings.
  public static let bindings = Repository.root + "/schemas/bindings"

  /// Asks dt-validate about a tree.
  ///
  /// A finding is one line that ends in the schema, in brackets. A node whose `compatible` no binding
  /// knows is a finding too. Each tree has a process of its own: dt-validate keeps the phandles of a
  /// tree when it goes on to the next, and a reference to nothing then finds something.
  ///
  /// Not for hostile bytes: where both cell counts of a node are 0, dt-validate runs for ever.
  ///
  /// - Parameters:
  ///   - dtb: A well-formed tree.
  ///   - compatibles: First `compatible` strings that no binding has to know.
  /// - Returns: What it says, sorted; empty for a tree that the bindings describe.
  /// - Throws: ``Tool/Missing``, or ``Failure`` where the tool broke down.
  public static func findings(
    dtb: [UInt8], unbound compatibles: [String] = []
  ) throws -> [String] {
    let scratch = try ScratchDirectory()
    let file = "tree.dtb"
    try scratch.write(processed.get(), to: "bindings.json")
    try scratch.write(dtb, to: file)
    let result = try Tool.dtValidate.run(
      ["-m", "-s", "bindings.json", file], directory: scratch.path)
    // What it reports as findings starts with the file's name, or goes on about the line before.
    var findings: [String] = []
    for line in (result.text + result.errors).split(separator: "\n") {
      if line.hasPrefix("\t"), let last = findings.popLast() {
        findings.append(last + continuation(line.drop { $0 == "\t" }))
      } else if line.hasPrefix(file + ": ") {
        findings.append(String(line.dropFirst(file.count + 2)))
      } else {
        throw Failure(description: result.text + result.errors)
      }
    }
    guard result.status == 0 else {
      throw Failure(description: "dt-validate ended with status \(result.status)")
    }
    let accepted = compatibles.map { ": failed to match any schema with compatible: ['\($0)'" }
    return findings.filter { finding in !accepted.contains { finding.contains($0) } }.sorted()
  }

  /// The bindings, together with the core schemas.
  private static let processed = Result { () throws -> [UInt8] in
    let result = try Tool.dtMkSchema.run(["-j", bindings])
    // It leaves out a file that it can't read, says so, and ends well.
    guard result.status == 0, result.errors.isEmpty, !result.output.isEmpty else {
      throw Failure(description: "dt-mk-schema: \(result.errors)")
    }
    return result.output
  }

  private static func continuation(_ line: Substring) -> String {
    let origin = "from schema $id: http://devicetree.org/schemas/"
    guard line.hasPrefix(origin) else { return "; " + line }
    return " [" + line.dropFirst(origin.count) + "]"
  }

  /// A tool of dt-schema broke down.
  public struct Failure: Error, CustomStringConvertible {
    /// What it said.
    public let description: String
  }
}

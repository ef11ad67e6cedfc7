/// Runs of ACPICA's compiler and disassembler.
public enum IASL {
  /// iasl refused its input, or said something of it.
  public struct Failure: Error, CustomStringConvertible {
    /// What it said.
    public let description: String
  }

  /// What iasl makes of `source`, and what it warned of.
  ///
  /// - Parameters:
  ///   - source: A definition block.
  ///   - options: More options, as `-on`, which leaves the names of a DSDT alone.
  /// - Returns: The table, and iasl's warnings and remarks.
  /// - Throws: ``Tool/Missing``, or ``Failure`` with iasl's errors.
  public static func compile(
    _ source: String, options: [String] = []
  ) throws -> (bytes: [UInt8], warnings: String) {
    let scratch = try ScratchDirectory()
    let file = try scratch.write(Array(source.utf8), to: "in.asl")
    let result = try Tool.iasl.run(
      ["-vs", "-vi"] + options + ["-p", scratch.path + "/out", file])
    guard result.status == 0, let bytes = scratch.read("out.aml") else {
      throw Failure(description: result.text + result.errors)
    }
    return (bytes, messages(in: result.text))
  }

  /// iasl's own text for the first of `tables`, with the names that the others declare, and what it
  /// warned of.
  ///
  /// - Throws: ``Tool/Missing``, or ``Failure`` with iasl's errors.
  public static func disassemble(
    _ tables: [[UInt8]]
  ) throws -> (source: String, warnings: String) {
    let scratch = try ScratchDirectory()
    var files: [String] = []
    for (index, table) in tables.enumerated() {
      files.append(try scratch.write(table, to: "\(index).aml"))
    }
    let others = files.dropFirst().joined(separator: ",")
    let result = try Tool.iasl.run(
      ["-vs"] + (others.isEmpty ? [] : ["-e", others]) + ["-p", scratch.path + "/out", "-d"]
        + files.prefix(1))
    guard result.status == 0, let bytes = scratch.read("out.dsl") else {
      throw Failure(description: result.text + result.errors)
    }
    let warnings = (result.text + result.errors).split(separator: "\n").filter {
      $0.contains("Warning") || $0.contains("Error") || $0.contains("Invalid")
    }
    return (String(decoding: bytes, as: UTF8.self), warnings.joined(separator: "\n"))
  }

  private static func messages(in text: String) -> String {
    text.split(separator: "\n").filter {
      $0.contains("(") && ($0.contains(": warning") || $0.contains(": remark"))
        || $0.contains("Warning  ") || $0.contains("Remark   ")
    }.joined(separator: "\n")
  }
}

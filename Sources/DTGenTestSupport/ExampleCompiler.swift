/// Turns device tree source into bytes, and tells which line each node and property came from.
public struct ExampleCompiler: Sendable {
  /// The device tree blob.
  public let bytes: [UInt8]
  /// The names of the checks of dtc that complained, in the order in which they did.
  public let complaints: [String]
  /// Where everything came from.
  public let lines: ExampleLines

  /// dtc could not read the source at all.
  public struct Failure: Error, CustomStringConvertible {
    /// What dtc said.
    public let description: String
  }

  /// Compiles `source`, whose text is marked with the file name `example`.
  ///
  /// A failed check of dtc is no reason to stop: that is what some examples are for.
  ///
  /// - Throws: ``Failure``, ``Tool/Missing``, and what running a program throws.
  public init(_ source: String, options: [String] = []) throws {
    let input = Array(source.utf8)
    let blob = try Tool.dtc.run(["-f", "-I", "dts", "-O", "dtb"] + options, input: input)
    guard blob.status == 0, !blob.output.isEmpty else { throw Failure(description: blob.errors) }
    bytes = blob.output
    complaints = Self.complaints(in: blob.errors)
    let text = try Tool.dtc.run(
      ["-f", "-q", "-q", "-q", "-T", "-I", "dts", "-O", "dts"], input: input)
    lines = ExampleLines(annotated: text.text)
  }

  /// `file:1.2-3.4: Warning (check_name): …` gives `check_name`.
  private static func complaints(in errors: String) -> [String] {
    errors.split(separator: "\n").compactMap { line in
      guard !line.contains("Failed prerequisite"),
        let kind = line.firstRange(of: "Warning (") ?? line.firstRange(of: "ERROR (")
      else { return nil }
      return line[kind.upperBound...].split(separator: ")").first.map(String.init)
    }
  }
}

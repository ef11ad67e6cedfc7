import Foundation

/// What a test starts after having written it.
///
/// A file that this process writes itself may be busy when it is started: a child that another test
/// forked meanwhile holds it open until that child has started its own program. So other processes
/// write these.
extension ScratchDirectory {
  /// Writes a program's text, makes it executable, and returns its path.
  ///
  /// - Throws: what `Data` and ``Tool/run(_:input:directory:environment:)`` throw, and
  ///   ``NotWritten``.
  @discardableResult
  public func writeProgram(_ text: String, to name: String) throws -> String {
    let source = try write([UInt8](text.utf8), to: "program-" + UUID().uuidString)
    return try put("install", ["-m", "755"], from: source, to: name)
  }

  /// Copies a file or a directory with programs, and returns the copy's path.
  ///
  /// - Throws: what ``Tool/run(_:input:directory:environment:)`` throws, and ``NotWritten``.
  public func copyPrograms(from source: String, to name: String) throws -> String {
    try put("cp", ["-R"], from: source, to: name)
  }

  private func put(
    _ command: String, _ options: [String], from source: String, to name: String
  ) throws -> String {
    let result = try Tool(command, package: "coreutils")
      .run(options + [source, path + "/" + name])
    guard result.status == 0 else { throw NotWritten(errors: result.errors) }
    return path + "/" + name
  }

  /// The command that writes a program failed.
  public struct NotWritten: Error, CustomStringConvertible {
    let errors: String
    /// What the command said.
    public var description: String { errors }
  }
}

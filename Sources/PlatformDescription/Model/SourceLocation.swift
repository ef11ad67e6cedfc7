/// The place in a description where something was written.
public struct SourceLocation: Sendable, Hashable, Codable {
  /// The file, as it was named on the command line.
  public var file: String
  /// The line, from 1.
  public var line: Int
  /// The column, from 1.
  public var column: Int

  /// A place.
  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }
}

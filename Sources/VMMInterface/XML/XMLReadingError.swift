/// Why a text is no document that is read here.
public struct XMLReadingError: Error, Sendable, Hashable {
  /// The line, from 1.
  public let line: Int
  /// What is wrong: lower case, no full stop.
  public let message: String
}

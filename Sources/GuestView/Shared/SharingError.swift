/// Why the memory that machines share can't be told.
public struct SharingError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong.
  public enum Code: Sendable, Hashable {
    /// Nothing has the name that was given.
    case namesNothing
    /// Several regions of one machine have it.
    case ambiguous
    /// A number of parties is given for what is no share.
    case unknownShare
    /// Two machines have one name.
    case machineNamedTwice
    /// A declaration names a machine that there isn't.
    case unknownMachine
  }

  /// What is wrong.
  public let code: Code
  /// The name that was given.
  public let name: String
  /// In words, without the name: lower case, no full stop.
  public let description: String

  init(_ code: Code, _ name: String, _ description: String) {
    self.code = code
    self.name = name
    self.description = description
  }
}

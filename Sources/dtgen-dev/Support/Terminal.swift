import Foundation

/// What a person reads while the helper works.
enum Terminal {
  /// Prints a line to standard error, so that standard output stays what was asked for.
  static func note(_ line: String) {
    FileHandle.standardError.write(Data("\(line)\n".utf8))
  }
}

import Glibc

/// What a person reads while the helper works.
enum Terminal {
  /// Prints a line to standard error, so that standard output stays what was asked for.
  ///
  /// Where nobody can read it, nothing is lost but the line.
  static func note(_ line: String) {
    _ = write("\(line)\n", to: 2)
  }

  /// Prints a text that was asked for.
  ///
  /// - Throws: ``Failure`` where it can't be written.
  static func show(_ text: String) throws(Failure) {
    if let error = write(text, to: 1) {
      throw Failure("standard output can't be written: \(String(cString: strerror(error)))")
    }
  }

  /// The number of the error; nil for none.
  private static func write(_ text: String, to file: Int32) -> Int32? {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return errno }
      rest = rest.dropFirst(count)
    }
    return nil
  }
}

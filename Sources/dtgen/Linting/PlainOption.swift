/// Values of options on a command line that is read without ArgumentParser.
///
/// What is said twice, is empty or looks like an option isn't taken, and leaves the command line to ArgumentParser.
enum PlainOption {
  /// Takes the value of an option that is there once.
  static func take(_ value: inout String?, _ word: String?) -> Bool {
    guard value == nil, let word, isPlain(word) else { return false }
    value = word
    return true
  }

  /// Takes a value of an option that may be repeated.
  static func take(_ values: inout [String], _ word: String?) -> Bool {
    guard let word, isPlain(word) else { return false }
    values.append(word)
    return true
  }

  private static func isPlain(_ value: String) -> Bool { !value.isEmpty && !value.hasPrefix("-") }
}

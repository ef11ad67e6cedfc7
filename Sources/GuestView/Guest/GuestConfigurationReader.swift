/// Reads a kernel's configuration as its bytes come, so that nobody has to hold all of a third of a mebibyte.
///
/// An option that isn't there is off. So a part of a configuration is refused: what it leaves out would be
/// taken for off, or worse, what it was merged with would not.
public struct GuestConfigurationReader {
  private var lines = ConfigurationLines()
  /// The number of the line that comes next, from 1.
  private var number = 1
  /// How many bytes there were.
  private var count = 0
  /// The beginning of a line whose end has not come yet.
  private var rest: [UInt8] = []

  /// A reader that has seen nothing.
  public init() {}

  /// Reads what comes next, wherever it was cut.
  ///
  /// - Throws: ``GuestConfigurationError`` for a line that is none of a configuration, and for more than
  ///   ``GuestConfiguration/maximumSize`` bytes altogether.
  public mutating func read(_ part: Span<UInt8>) throws(GuestConfigurationError) {
    count += part.count
    guard count <= GuestConfiguration.maximumSize else {
      throw GuestConfigurationError(
        line: nil,
        message:
          "larger than \(GuestConfiguration.maximumSize >> 20) MiB: no kernel's configuration")
    }
    var start = 0
    if !rest.isEmpty {
      start = part.firstNewline(from: 0)
      for index in 0..<start { rest.append(part[index]) }
      guard start < part.count else { return }
      let line = rest
      rest = []
      try read(line: line.span)
      start += 1
    }
    while start < part.count {
      let end = part.firstNewline(from: start)
      guard end < part.count else { break }
      try read(line: part.extracting(start..<end))
      start = end + 1
    }
    while start < part.count {
      rest.append(part[start])
      start += 1
    }
  }

  private mutating func read(line: Span<UInt8>) throws(GuestConfigurationError) {
    if let message = lines.read(line) {
      throw GuestConfigurationError(line: number, message: message)
    }
    number += 1
  }

  /// What was read, when nothing more comes.
  ///
  /// - Parameter name: What messages call it.
  /// - Returns: The options that matter, and what the file says of itself.
  /// - Throws: ``GuestConfigurationError`` where it is no whole configuration.
  public consuming func configuration(
    name: String
  ) throws(GuestConfigurationError) -> GuestConfiguration {
    let line = rest
    if !line.isEmpty { try read(line: line.span) }
    guard lines.options > 0 else {
      throw GuestConfigurationError(line: nil, message: "there is no CONFIG_ option in it")
    }
    guard lines.namesCompiler else {
      throw GuestConfigurationError(
        line: nil,
        message: "a part of a configuration (\(lines.options) options, CONFIG_CC_IS_GCC or "
          + "CONFIG_CC_IS_CLANG not among them): give the .config that the kernel was built with")
    }
    return GuestConfiguration(
      name: name, version: lines.version, architecture: lines.architecture,
      commandLine: lines.commandLine, settings: lines.settings)
  }
}

extension Span<UInt8> {
  /// The place of the first line feed from `start` on, or the end.
  ///
  /// Eight bytes at a time, because there are a third of a million.
  fileprivate func firstNewline(from start: Int) -> Int {
    var end = start
    while end &+ 8 <= count {
      // A byte that is a line feed becomes 0, and the lowest 0 is where its highest bit stays set.
      let word = word(at: end) ^ 0x0a0a_0a0a_0a0a_0a0a
      let zeros = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
      if zeros != 0 { return end &+ zeros.trailingZeroBitCount / 8 }
      end &+= 8
    }
    while end < count, self[end] != UInt8(ascii: "\n") { end &+= 1 }
    return end
  }
}

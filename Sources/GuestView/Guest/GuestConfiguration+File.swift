/// Why a file is no configuration of a kernel.
public struct GuestConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The line, from 1; nil for the whole file.
  public let line: Int?
  /// What is wrong: lower case, no full stop.
  public let message: String

  /// The message with its line.
  public var description: String { line.map { "line \($0): \(message)" } ?? message }
}

extension GuestConfiguration {
  /// The most bytes of a configuration; real ones have a third of a mebibyte.
  public static let maximumSize = 4 << 20

  /// Reads a `.config`, `/boot/config-*`, or what `/proc/config.gz` holds.
  ///
  /// An option that isn't there is off. So a part of a configuration is refused: what it leaves out would be
  /// taken for off, or worse, what it was merged with would not.
  ///
  /// **Source:** Linux `scripts/kconfig/confdata.c`, `conf_read_simple`, `__conf_write_autoconf`.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - name: What messages call it.
  /// - Throws: ``GuestConfigurationError`` for anything else.
  public init(_ bytes: [UInt8], name: String) throws(GuestConfigurationError) {
    var reader = GuestConfigurationReader()
    try reader.read(bytes.span)
    self = try reader.configuration(name: name)
  }
}

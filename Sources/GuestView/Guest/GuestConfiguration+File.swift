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
    guard bytes.count <= Self.maximumSize else {
      throw GuestConfigurationError(
        line: nil, message: "larger than \(Self.maximumSize >> 20) MiB: no kernel's configuration")
    }
    var reader = ConfigurationReader()
    let text = bytes.span
    var number = 0
    var start = 0
    while start < text.count {
      var end = start
      while end < text.count, text[end] != UInt8(ascii: "\n") { end += 1 }
      number += 1
      if let message = reader.read(text.extracting(start..<end)) {
        throw GuestConfigurationError(line: number, message: message)
      }
      start = end + 1
    }
    guard reader.options > 0 else {
      throw GuestConfigurationError(line: nil, message: "there is no CONFIG_ option in it")
    }
    guard reader.namesCompiler else {
      throw GuestConfigurationError(
        line: nil,
        message: "a part of a configuration (\(reader.options) options, CONFIG_CC_IS_GCC or "
          + "CONFIG_CC_IS_CLANG not among them): give the .config that the kernel was built with")
    }
    self.init(
      name: name, version: reader.version, architecture: reader.architecture,
      commandLine: reader.commandLine, settings: reader.settings)
  }
}

/// Reads a configuration line by line.
private struct ConfigurationReader {
  var version: GuestConfiguration.Version?
  var architecture: Architecture?
  var commandLine: String?
  var settings: [GuestOption: GuestConfiguration.Setting] = [:]
  /// How many options there are.
  var options = 0
  /// Whether the options of the compiler are there, which Kconfig writes into every whole file.
  var namesCompiler = false

  /// The options that matter, by the length of their names: most of ten thousand are told from them without
  /// looking at a byte.
  private let wanted: [[(name: [UInt8], option: GuestOption)]]

  private static let prefix = Array("CONFIG_".utf8)
  private static let comment = Array("# CONFIG_".utf8)
  private static let header = Array("# Linux/".utf8)
  private static let gcc = Array("CC_IS_GCC".utf8)
  private static let clang = Array("CC_IS_CLANG".utf8)
  private static let commandLineName = Array("CMDLINE".utf8)

  init() {
    var wanted: [[(name: [UInt8], option: GuestOption)]] = []
    for option in GuestOption.allCases {
      let name = Array(option.rawValue.utf8)
      while wanted.count <= name.count { wanted.append([]) }
      wanted[name.count].append((name, option))
    }
    self.wanted = wanted
  }

  /// Reads one line; what is wrong with it, or nil.
  mutating func read(_ line: Span<UInt8>) -> String? {
    var count = line.count
    if count > 0, line[count - 1] == UInt8(ascii: "\r") { count -= 1 }
    if count == 0 { return nil }
    if line[0] == UInt8(ascii: "#") {
      if line.starts(with: Self.comment) {
        options += 1
      } else if line.starts(with: Self.header) {
        takeHeader(line.extracting(Self.header.count..<count))
      }
      return nil
    }
    let start = Self.prefix.count
    var equals = start
    var isName = true
    while equals < count, line[equals] != UInt8(ascii: "=") {
      isName = isName && Self.isOfName(line[equals])
      equals += 1
    }
    guard line.starts(with: Self.prefix), equals < count else {
      return "neither an option (CONFIG_NAME=VALUE) nor a comment"
    }
    guard isName, equals > start else { return "no name of an option in front of the =" }
    let value = line.extracting((equals + 1)..<count)
    guard Self.isValue(value) else {
      return "the value is neither y, m, n, a number nor a text in quotes"
    }
    take(line.extracting(start..<equals), value)
    return nil
  }

  private mutating func take(_ name: Span<UInt8>, _ value: Span<UInt8>) {
    options += 1
    if name.equals(Self.gcc) || name.equals(Self.clang) { namesCompiler = true }
    if name.equals(Self.commandLineName), value.count > 2 {
      commandLine = value.extracting(1..<(value.count - 1)).text
    }
    guard name.count < wanted.count else { return }
    // The last one counts.
    for (wanted, option) in wanted[name.count] where name.starts(with: wanted) {
      settings[option] =
        switch value[0] {
        case UInt8(ascii: "y"): .builtIn
        case UInt8(ascii: "m"): .module
        default: .off
        }
    }
  }

  /// `# Linux/arm64 6.12.43 Kernel Configuration`.
  private mutating func takeHeader(_ line: Span<UInt8>) {
    let words = line.text.split(separator: " ")
    guard words.count >= 2 else { return }
    version = GuestConfiguration.Version(words[1])
    architecture =
      switch words[0] {
      case "arm64": .arm64
      case "riscv": .riscv64
      case "x86", "x86_64", "i386": .x86
      default: nil
      }
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private static func isValue(_ value: Span<UInt8>) -> Bool {
    guard value.count > 0 else { return false }
    let last = value[value.count - 1]
    if value[0] == UInt8(ascii: "\"") { return value.count > 1 && last == UInt8(ascii: "\"") }
    if value.count == 1,
      last == UInt8(ascii: "y") || last == UInt8(ascii: "m") || last == UInt8(ascii: "n")
    {
      return true
    }
    for index in value.indices where !isOfNumber(value[index]) { return false }
    return true
  }

  private static func isOfNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "x"), UInt8(ascii: "X"),
      UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

extension Span<UInt8> {
  fileprivate func starts(with prefix: [UInt8]) -> Bool {
    guard count >= prefix.count else { return false }
    for index in prefix.indices where self[index] != prefix[index] { return false }
    return true
  }

  fileprivate func equals(_ other: [UInt8]) -> Bool {
    count == other.count && starts(with: other)
  }

  fileprivate var text: String {
    var bytes: [UInt8] = []
    for index in indices { bytes.append(self[index]) }
    return String(decoding: bytes, as: UTF8.self)
  }
}

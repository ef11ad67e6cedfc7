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
    var number = 0
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      if let message = reader.read(line) {
        throw GuestConfigurationError(line: number, message: message)
      }
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

  private static let wanted: [String: GuestOption] = {
    var wanted: [String: GuestOption] = [:]
    for option in GuestOption.allCases { wanted[option.rawValue] = option }
    return wanted
  }()

  private static let prefix = Array("CONFIG_".utf8)
  private static let comment = Array("# CONFIG_".utf8)
  private static let header = Array("# Linux/".utf8)

  /// Reads one line; what is wrong with it, or nil.
  mutating func read(_ line: ArraySlice<UInt8>) -> String? {
    var line = line
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    if line.isEmpty { return nil }
    if line.starts(with: Self.header) {
      takeHeader(line)
      return nil
    }
    if line.first == UInt8(ascii: "#") {
      if line.starts(with: Self.comment) { options += 1 }
      return nil
    }
    guard line.starts(with: Self.prefix), let equals = line.firstIndex(of: UInt8(ascii: "=")) else {
      return "neither an option (CONFIG_NAME=VALUE) nor a comment"
    }
    let nameBytes = line[line.startIndex + Self.prefix.count..<equals]
    guard !nameBytes.isEmpty, nameBytes.allSatisfy(Self.isOfName) else {
      return "no name of an option in front of the ="
    }
    let value = line[(equals + 1)...]
    guard Self.isValue(value) else {
      return "the value is neither y, m, n, a number nor a text in quotes"
    }
    take(String(decoding: nameBytes, as: UTF8.self), value)
    return nil
  }

  private mutating func take(_ name: String, _ value: ArraySlice<UInt8>) {
    options += 1
    if name == "CC_IS_GCC" || name == "CC_IS_CLANG" { namesCompiler = true }
    if name == "CMDLINE", value.count > 2 {
      commandLine = String(decoding: value.dropFirst().dropLast(), as: UTF8.self)
    }
    // The last one counts.
    guard let option = Self.wanted[name] else { return }
    switch value.first {
    case UInt8(ascii: "y"): settings[option] = .builtIn
    case UInt8(ascii: "m"): settings[option] = .module
    default: settings[option] = .off
    }
  }

  /// `# Linux/arm64 6.12.43 Kernel Configuration`.
  private mutating func takeHeader(_ line: ArraySlice<UInt8>) {
    let words = String(decoding: line.dropFirst(Self.header.count), as: UTF8.self)
      .split(separator: " ")
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

  private static func isValue(_ value: ArraySlice<UInt8>) -> Bool {
    guard let first = value.first else { return false }
    if first == UInt8(ascii: "\"") {
      return value.count > 1 && value.last == UInt8(ascii: "\"")
    }
    if value.count == 1, "ymn".utf8.contains(first) { return true }
    return value.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
        UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "x"), UInt8(ascii: "X"),
        UInt8(ascii: "-"):
        true
      default: false
      }
    }
  }
}

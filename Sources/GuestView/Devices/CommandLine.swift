public import DeviceTree

/// The parameters of the guest's kernel, where `/chosen` has them.
///
/// What the kernel was built with can replace or extend them, which the tree doesn't tell.
///
/// **Source:** Linux `drivers/of/fdt.c`, `early_init_dt_scan_chosen`; `lib/cmdline.c`, `next_arg`;
/// `kernel/params.c`, `parse_args`.
public struct CommandLine: Sendable {
  /// One parameter.
  public struct Parameter: Sendable, Hashable {
    /// What stands in front of the first `=`.
    public let name: String
    /// What stands behind it; nil where there is no `=`.
    public let value: String?

    /// The parameter as it was written, but for quotes.
    public var text: String { value.map { "\(name)=\($0)" } ?? name }
  }

  /// `bootargs`.
  public let property: FlattenedTree.Property
  /// The parameters in order, up to a `--`, behind which stands what the first process gets.
  public let parameters: [Parameter]

  init?(_ tree: FlattenedTree) {
    guard let property = tree.root.child("chosen")?.property("bootargs") else { return nil }
    self.property = property
    var parameters: [Parameter] = []
    var word: [UInt8] = []
    var isQuoted = false
    func take() -> Bool {
      defer { word = [] }
      guard !word.isEmpty else { return true }
      let parameter = Self.parameter(word)
      if parameter.name == "--", parameter.value == nil { return false }
      parameters.append(parameter)
      return true
    }
    for byte in property.bytes {
      if byte == 0 { break }
      if byte == UInt8(ascii: "\"") {
        isQuoted.toggle()
      } else if !isQuoted, byte == UInt8(ascii: " ") || (9...13).contains(byte) {
        guard take() else { break }
      } else {
        word.append(byte)
      }
    }
    _ = take()
    self.parameters = parameters
  }

  private static func parameter(_ word: [UInt8]) -> Parameter {
    guard let equals = word.firstIndex(of: UInt8(ascii: "=")), equals > 0 else {
      return Parameter(name: String(decoding: word, as: UTF8.self), value: nil)
    }
    return Parameter(
      name: String(decoding: word[..<equals], as: UTF8.self),
      value: String(decoding: word[(equals + 1)...], as: UTF8.self))
  }

  /// The last parameter of this name, which is the one that counts for most.
  public func last(_ name: String) -> Parameter? { parameters.last { $0.name == name } }

  /// Whether IOMMUs are told to let everything through: the last `iommu.passthrough` that can be
  /// read says yes.
  ///
  /// **Source:** Linux `drivers/iommu/iommu.c`, `iommu_set_def_domain_type`; `lib/kstrtox.c`,
  /// `kstrtobool`.
  public var passthrough: Parameter? {
    let readable = parameters.filter {
      $0.name == "iommu.passthrough" && Self.boolean($0.value) != nil
    }
    return readable.last.flatMap { Self.boolean($0.value) == true ? $0 : nil }
  }

  /// **Source:** Linux `lib/kstrtox.c`, `kstrtobool`, which looks at one letter, or at two of `on`.
  private static func boolean(_ value: String?) -> Bool? {
    guard let value = value?.lowercased(), let first = value.first else { return nil }
    switch first {
    case "y", "t", "1": return true
    case "n", "f", "0": return false
    case "o": return value.hasPrefix("on") ? true : value.hasPrefix("of") ? false : nil
    default: return nil
    }
  }

  /// A number of bytes as the kernel reads one: decimal, octal or hexadecimal, and a letter for
  /// 1024 or a power of it; nil where there is no digit.
  ///
  /// **Source:** Linux `lib/cmdline.c`, `memparse`.
  public static func bytes(_ text: String) -> UInt64? {
    var digits = text[...]
    var radix = 10
    if digits.hasPrefix("0x") || digits.hasPrefix("0X") {
      digits = digits.dropFirst(2)
      radix = 16
    } else if digits.hasPrefix("0") {
      radix = 8
    }
    let number = digits.prefix { $0.isASCII && ($0.hexDigitValue ?? 16) < radix }
    guard let value = UInt64(number, radix: radix) else { return nil }
    let unit = digits.dropFirst(number.count).first?.lowercased() ?? ""
    guard let power = ["k", "m", "g", "t", "p", "e"].firstIndex(of: unit) else { return value }
    let (bytes, overflow) = value.multipliedReportingOverflow(by: 1 << UInt64(10 * (power + 1)))
    return overflow ? nil : bytes
  }
}

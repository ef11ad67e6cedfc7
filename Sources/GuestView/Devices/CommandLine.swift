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

    /// Whether this is the parameter `name`: the kernel takes a dash and an underscore for the same.
    ///
    /// **Source:** Linux `kernel/params.c`, `parameq`.
    public func isNamed(_ name: String) -> Bool {
      let own = self.name.utf8
      return own.count == name.utf8.count
        && zip(own, name.utf8).allSatisfy { Self.withoutDash($0) == Self.withoutDash($1) }
    }

    private static func withoutDash(_ byte: UInt8) -> UInt8 {
      byte == UInt8(ascii: "-") ? UInt8(ascii: "_") : byte
    }
  }

  /// `bootargs`.
  public let property: FlattenedTree.Property
  /// The parameters in order, up to a `--`, behind which stands what the first process gets.
  public let parameters: [Parameter]

  init?(_ tree: FlattenedTree) {
    guard let property = tree.root.child("chosen")?.property("bootargs") else { return nil }
    self.property = property
    parameters = Self.parameters(in: property.bytes)
  }

  /// The parameters in a text, up to a `--`.
  public static func parameters(in text: some Sequence<UInt8>) -> [Parameter] {
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
    for byte in text {
      if byte == 0 { break }
      if byte == UInt8(ascii: "\"") {
        isQuoted.toggle()
      } else if !isQuoted, Self.isSpace(byte) {
        guard take() else { break }
      } else {
        word.append(byte)
      }
    }
    _ = take()
    return parameters
  }

  /// The no-break space of Latin-1 is one too, which UTF-8 has as the second byte of some letters.
  ///
  /// **Source:** Linux `lib/ctype.c`, `_ctype`.
  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (9...13).contains(byte) || byte == 0xa0
  }

  private static func parameter(_ word: [UInt8]) -> Parameter {
    guard let equals = word.firstIndex(of: UInt8(ascii: "=")), equals > 0 else {
      return Parameter(name: String(decoding: word, as: UTF8.self), value: nil)
    }
    return Parameter(
      name: String(decoding: word[..<equals], as: UTF8.self),
      value: String(decoding: word[(equals + 1)...], as: UTF8.self))
  }

  /// The parameters of this name, in order.
  public func all(_ name: String) -> [Parameter] { parameters.filter { $0.isNamed(name) } }

  /// Whether IOMMUs are told to let everything through: the last `iommu.passthrough` that can be
  /// read says yes.
  ///
  /// **Source:** Linux `drivers/iommu/iommu.c`, `iommu_set_def_domain_type`; `lib/kstrtox.c`,
  /// `kstrtobool`.
  public var passthrough: Parameter? {
    let readable = all("iommu.passthrough").filter { Self.boolean($0.value) != nil }
    return readable.last.flatMap { Self.boolean($0.value) == true ? $0 : nil }
  }

  /// Whether IOMMUs are told to translate, whatever the kernel was built for.
  public var translating: Bool {
    all("iommu.passthrough").compactMap { Self.boolean($0.value) }.last == false
  }

  /// The parameter that turns bouncing off, where there is one: a count of slots and one of areas may
  /// stand in front of the word, and nothing behind it.
  ///
  /// **Source:** Linux `kernel/dma/swiotlb.c`, `setup_io_tlb_npages`.
  public var bouncingOff: Parameter? {
    all("swiotlb").first { parameter in
      var words = (parameter.value ?? "").split(separator: ",", omittingEmptySubsequences: false)
      guard words.popLast() == "noforce", words.count <= 2 else { return false }
      return words.allSatisfy { word in
        let isHexadecimal = word.hasPrefix("0x") || word.hasPrefix("0X")
        return word.isEmpty
          || UInt64(isHexadecimal ? word.dropFirst(2) : word, radix: isHexadecimal ? 16 : 10) != nil
      }
    }
  }

  /// **Source:** Linux `lib/kstrtox.c`, `kstrtobool`, which looks at one letter, or at two of `on`.
  static func boolean(_ value: String?) -> Bool? {
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

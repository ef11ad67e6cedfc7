extension PlatformFacts {
  /// The name of the file that ``cSource`` includes.
  public static let cHeaderName = "dtgen-facts.h"

  /// The tables as C99, with one definition that is visible outside: `dtgen_facts`.
  public var cSource: String {
    var text = """
      /* Written by dtgen: the layout of all machines, as it was judged. */
      #include "\(Self.cHeaderName)"

      #if DTGEN_FACTS_VERSION != \(Self.version)
      #error "these tables are of version \(Self.version)"
      #endif

      """
    var fields: [String] = []
    func add(_ type: String, _ name: String, _ rows: [String]) {
      fields.append("  .\(name) = \(rows.isEmpty ? "NULL" : name),")
      fields.append("  .\(name)_count = \(rows.count),")
      guard !rows.isEmpty else { return }
      text += "\nstatic const struct dtgen_\(type) \(name)[] = {\n"
      for row in rows { text += "  {\(row)},\n" }
      text += "};\n"
    }
    add("machine", "machines", machines.map { ".name = \(C.string($0.name))" })
    add("memory", "memory", memory.map(\.c))
    add("region", "regions", regions.map(\.c))
    add("share", "shares", shares.map { ".name = \(C.string($0.name))" })
    add("party", "parties", parties.map(\.c))
    add("iommu", "iommus", iommus.map(\.c))
    add("device", "devices", devices.map(\.c))
    add("window", "windows", windows.map(\.c))
    add("interrupt", "interrupts", interrupts.map(\.c))
    add("stream", "streams", streams.map(\.c))
    add("domain", "domains", domains.map(\.c))
    add("member", "members", members.map(\.c))
    return text + """

      const struct dtgen_facts dtgen_facts = {
        .version = DTGEN_FACTS_VERSION,
        .platform = \(C.string(platform)),
      \(fields.joined(separator: "\n"))
      };

      """
  }
}

/// How values are spelled in C.
private enum C {
  /// A string literal of printable ASCII; of the rest octal escapes, which end after three digits.
  static func string(_ text: String) -> String {
    var result = "\""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "?"):
        // A question mark might begin a trigraph.
        result += "\\" + String(UnicodeScalar(byte))
      case 0x20..<0x7f: result.unicodeScalars.append(UnicodeScalar(byte))
      default:
        let digits = String(byte, radix: 8)
        result += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
      }
    }
    return result + "\""
  }

  static func machine(_ number: Int) -> String { ".machine = \(number)" }

  static func range(_ first: UInt64, _ last: UInt64) -> String {
    ".first = \(address(first)), .last = \(address(last))"
  }

  static func address(_ value: UInt64) -> String { "UINT64_C(0x\(String(value, radix: 16)))" }

  /// A row of another table, or a number that not every row has.
  static func optional(_ number: Int?) -> String { number.map { "\($0)" } ?? "DTGEN_NONE" }

  static func optional(_ number: UInt32?) -> String {
    number.map { "UINT32_C(\($0))" } ?? "DTGEN_NONE"
  }

  static func constant(_ family: String, _ name: String) -> String {
    PlatformFacts.constant(family, name)
  }
}

extension PlatformFacts.Memory {
  fileprivate var c: String { "\(C.machine(machine)), \(C.range(first, last))" }
}

extension PlatformFacts.Region {
  fileprivate var c: String {
    // What the kernel places has a size alone: a range that is empty, since its end comes first.
    "\(C.machine(machine)), .node = \(C.string(node)), .kind = \(C.constant("REGION", kind.rawValue)), "
      + ".mapped = \(mapped ? 1 : 0), \(C.range(first ?? 1, last ?? 0)), "
      + ".size = \(C.address(size ?? 0))"
  }
}

extension PlatformFacts.Party {
  fileprivate var c: String {
    ".share = \(share), \(C.machine(machine)), .role = \(C.constant("ROLE", role.rawValue)), "
      + ".region = \(C.optional(region)), \(C.range(first, last))"
  }
}

extension PlatformFacts.IOMMU {
  fileprivate var c: String {
    "\(C.machine(machine)), .node = \(C.string(node)), .kind = \(C.constant("IOMMU", kind.rawValue)), "
      + ".id = \(C.optional(id))"
  }
}

extension PlatformFacts.Device {
  fileprivate var c: String {
    var words: [UInt64] = [0, 0]
    for bit in features where (0..<128).contains(bit) { words[bit / 64] |= 1 << UInt64(bit % 64) }
    return
      "\(C.machine(machine)), .node = \(C.string(node)), .kind = \(C.constant("DEVICE", kind.rawValue)), "
      + ".function = \(C.optional(function.map(UInt32.init))), .device_id = \(C.optional(deviceID)), "
      + ".features = {\(C.address(words[0])), \(C.address(words[1]))}, "
      + ".outcome = \(C.constant("DMA", outcome.rawValue)), .region = \(C.optional(region)), "
      + ".iommu = \(C.optional(iommu)), .coherent = \(coherent.map { $0 ? "1" : "0" } ?? "DTGEN_NONE"), "
      + ".backend = \(C.optional(backend))"
  }
}

extension PlatformFacts.Window {
  fileprivate var c: String {
    ".device = \(device), .kind = \(C.constant("WINDOW", kind.rawValue)), \(C.range(first, last))"
  }
}

extension PlatformFacts.Interrupt {
  fileprivate var c: String {
    "\(C.machine(machine)), .device = \(C.optional(device)), .node = \(C.string(node)), "
      + ".controller = \(C.string(controller)), .number = \(C.address(number)), .trigger = \(trigger)"
  }
}

extension PlatformFacts.Stream {
  fileprivate var c: String {
    ".iommu = \(iommu), .device = \(device), .id = UINT32_C(\(id)), .count = UINT32_C(\(count)), "
      + ".function = \(C.optional(function))"
  }
}

extension PlatformFacts.Domain {
  fileprivate var c: String {
    ".name = \(C.string(name)), \(C.machine(machine)), .owner = \(owner)"
  }
}

extension PlatformFacts.Member {
  fileprivate var c: String {
    ".domain = \(domain), .iommu = \(iommu), .id = UINT32_C(\(id)), "
      + ".guest_iommu = \(C.optional(guestIOMMU)), .guest_id = \(C.optional(guestID))"
  }
}

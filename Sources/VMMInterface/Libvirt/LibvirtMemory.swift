/// How much memory a domain has.
struct LibvirtMemory {
  /// Options of QEMU: memory of which none is taken before it is written to.
  let words: [String]

  /// - Throws: ``CommandLineError`` for what is no size.
  init(_ domain: XMLElement) throws(CommandLineError) {
    guard let element = domain["memory"] else {
      throw CommandLineError("the domain has no <memory>")
    }
    let size = try Self.size(element)
    var memory = "size=\(size)M"
    if let most = domain["maxMemory"] {
      let slots = most[attribute: "slots"] ?? "1"
      guard let slots = Int(slots), (1...256).contains(slots) else {
        throw CommandLineError("<maxMemory>: '\(slots)' is no number of slots")
      }
      memory += ",slots=\(slots),maxmem=\(try Self.size(most))M"
    }
    words = [
      "-m", memory, "-object", "memory-backend-ram,id=dtgen-memory,size=\(size)M,reserve=off",
      "-machine", "memory-backend=dtgen-memory",
    ]
  }

  /// The size in MiB, to which libvirt rounds up.
  ///
  /// **Source:** libvirt 9.0 `src/util/virstring.c`, `virScaleInteger`; `src/qemu/qemu_domain.c`,
  /// `qemuDomainAlignMemorySizes`.
  private static func size(_ element: XMLElement) throws(CommandLineError) -> UInt64 {
    let factor: UInt64? =
      switch (element[attribute: "unit"] ?? "KiB").lowercased() {
      case "b", "bytes": 1
      case "kb": 1000
      case "k", "kib": 1 << 10
      case "mb": 1_000_000
      case "m", "mib": 1 << 20
      case "gb": 1_000_000_000
      case "g", "gib": 1 << 30
      case "tb": 1_000_000_000_000
      case "t", "tib": 1 << 40
      default: nil
      }
    let text = element.trimmedText ?? ""
    guard let factor, let number = UInt64(text) else {
      throw CommandLineError("<\(element.name)>: '\(text)' is no size that is known here")
    }
    let (bytes, overflow) = number.multipliedReportingOverflow(by: factor)
    guard !overflow, (1...1 << 50).contains(bytes) else {
      throw CommandLineError("<\(element.name)>: '\(text)' is no size of a memory")
    }
    return (bytes + (1 << 20) - 1) >> 20
  }
}

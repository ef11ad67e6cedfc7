import DeviceTree
import GuestView

/// Compatibles of what a platform for a guest is made of, for those that are nearly spelt like one.
enum KnownCompatibles {
  private static let names = WordList([
    "arm,armv7-timer", "arm,armv8-timer", "arm,cortex-a15-gic", "arm,gic-400", "arm,gic-v2m-frame",
    "arm,gic-v3", "arm,gic-v3-its", "arm,pl011", "arm,pl031", "arm,pl061", "arm,primecell",
    "arm,psci-0.2", "arm,psci-1.0", "arm,smmu-v3", "cfi-flash", "fixed-clock",
    "fixed-factor-clock", "gpio-keys", "gpio-poweroff", "linux,dummy-virt", "ns16550", "ns16550a",
    "pci-host-cam-generic", "pci-host-ecam-generic", "qemu,fw-cfg-mmio", "ramoops", "riscv,aplic",
    "riscv,clint0", "riscv,cpu-intc", "riscv,imsics", "riscv,plic0", "riscv-virtio", "simple-bus",
    "simple-mfd", "simple-pm-bus", "sifive,clint0", "sifive,plic-1.0.0", "syscon",
    "syscon-poweroff", "syscon-reboot", "virtio,pci-iommu", "pci1af4,1057", "vmgenid",
  ])

  /// The string of a `compatible` that was meant to be a known one; nil where one of the strings is
  /// known, or none is near to one.
  static func meant(by strings: [String]) -> (found: String, meant: String)? {
    guard !strings.contains(where: names.contains) else { return nil }
    for found in strings {
      if let name = confused(found.utf8.span) ?? name(near: found.utf8.span) {
        return (found, name)
      }
    }
    return nil
  }

  /// The nodes with a string that is near to a known one, in document order.
  static func suspects(in view: GuestView) -> NodeList {
    let bytes = view.tree.bytes
    let texts = (0..<view.compatibles.count).filter { number in
      let text = bytes.span.extracting(view.compatibles.byteRange(of: number))
      return confused(text) != nil || name(near: text) != nil
    }
    return view.compatibles.nodes(ofAny: texts)
  }

  /// Words that are far from what was meant, and that no driver has.
  private static let confusions: [(word: [UInt8], meant: String)] = [
    (Array("pci-host-generic".utf8), "pci-host-ecam-generic"),
    (Array("pci-ecam-generic".utf8), "pci-host-ecam-generic"),
    (Array("pcie-host-ecam-generic".utf8), "pci-host-ecam-generic"),
  ]

  private static func confused(_ text: borrowing Span<UInt8>) -> String? {
    for confusion in confusions where confusion.word.count == text.count {
      if Spelling.edits(from: text, to: confusion.word.span, most: 0) == 0 {
        return confusion.meant
      }
    }
    return nil
  }

  /// The known name that `text` nearly is; another digit is another device.
  private static func name(near text: borrowing Span<UInt8>) -> String? {
    names.near(text) { name in !hasLetters(of: name.utf8.span, text) }
  }

  /// Whether the two are the same but for their digits.
  private static func hasLetters(
    of text: borrowing Span<UInt8>, _ other: borrowing Span<UInt8>
  ) -> Bool {
    var position = 0
    for index in 0..<text.count where !isDigit(text[index]) {
      while position < other.count, isDigit(other[position]) { position += 1 }
      guard position < other.count, other[position] == text[index] else { return false }
      position += 1
    }
    while position < other.count, isDigit(other[position]) { position += 1 }
    return position == other.count
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}

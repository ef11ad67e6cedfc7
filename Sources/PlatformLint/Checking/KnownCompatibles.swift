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
      // Another digit is another device.
      if let name = names.near(found, where: { letters(of: $0) != letters(of: found) }) {
        return (found, name)
      }
    }
    return nil
  }

  private static func letters(of text: String) -> [UInt8] {
    text.utf8.filter { !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }
}

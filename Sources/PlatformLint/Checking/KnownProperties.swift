/// Properties that Linux itself reads, for those that are nearly spelt like one.
enum KnownProperties {
  /// What a platform depends on, whatever the driver.
  private static let platform = WordList([
    "#address-cells", "#interrupt-cells", "#iommu-cells", "#msi-cells", "#size-cells", "bootargs",
    "bus-range", "compatible", "device_type", "dma-coherent", "dma-noncoherent", "dma-ranges",
    "enable-method", "interrupt-controller", "interrupt-map", "interrupt-map-mask",
    "interrupt-names", "interrupt-parent", "interrupts", "interrupts-extended", "iommu-map",
    "iommu-map-mask",
    "linux,initrd-end", "linux,initrd-start", "linux,pci-domain", "linux,pci-probe-only",
    "memory-region", "memory-region-names", "msi-controller", "msi-map", "msi-map-mask",
    "msi-parent", "stdout-path", "timebase-frequency",
  ])

  /// What a region of `/reserved-memory` can have.
  private static let region: Set<String> = [
    "alignment", "alloc-ranges", "compatible", "iommu-addresses", "label", "linux,cma-default",
    "linux,dma-default", "no-map", "no-map-fixup", "phandle", "ranges", "record-size", "reg",
    "reusable", "size", "status", "vmid",
  ]

  /// Those of them that matter, and what is near to them.
  private static let regionWords = WordList(
    ["no-map", "reusable", "alignment", "alloc-ranges"], edits: 2)

  /// Names that look like one of the above and are others.
  private static let others: Set<String> = [
    "#interrupts-cells", "#mbox-cells", "#mux-cells", "#pwm-cells", "#dma-cells",
    "msi-ranges", "iommus", "dma-channels", "dma-requests", "dma-names", "bus-width",
    "bus-frequency", "spi-controller", "ssi-controller", "fsi-controller", "mdi-controller",
  ]

  /// The property that `name` was meant to be; nil where it is known, or near to none.
  static func meant(by name: borrowing Span<UInt8>) -> String? {
    // Few names are near to one that is known.
    guard let meant = platform.near(name) else { return nil }
    let name = String(copying: name)
    return platform.contains(name) || others.contains(name) ? nil : meant
  }

  /// The same for a region of `/reserved-memory`, where few names are possible, and short ones matter.
  static func meantInRegion(by name: borrowing Span<UInt8>) -> String? {
    guard name.count >= 4, let meant = regionWords.near(name) else { return nil }
    return region.contains(String(copying: name)) ? nil : meant
  }
}

extension String {
  /// What `bytes` say, in memory of its own.
  fileprivate init(copying bytes: borrowing Span<UInt8>) {
    var copy: [UInt8] = []
    copy.reserveCapacity(bytes.count)
    for index in 0..<bytes.count { copy.append(bytes[index]) }
    self.init(decoding: copy, as: UTF8.self)
  }
}

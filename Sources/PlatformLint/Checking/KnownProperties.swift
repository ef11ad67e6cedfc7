/// Properties that Linux itself reads, for those that are nearly spelt like one.
enum KnownProperties {
  /// What a platform depends on, whatever the driver.
  private static let platform = WordList([
    "#address-cells", "#interrupt-cells", "#iommu-cells", "#msi-cells", "#size-cells", "bootargs",
    "bus-range", "compatible", "device_type", "dma-coherent", "dma-noncoherent", "dma-ranges",
    "enable-method", "interrupt-controller", "interrupt-map", "interrupt-map-mask",
    "interrupt-names", "interrupt-parent", "interrupts-extended", "iommu-map", "iommu-map-mask",
    "linux,initrd-end", "linux,initrd-start", "linux,pci-domain", "linux,pci-probe-only",
    "memory-region", "memory-region-names", "msi-controller", "msi-map", "msi-map-mask",
    "msi-parent", "stdout-path", "timebase-frequency",
  ])

  /// What a region of `/reserved-memory` can have.
  private static let region = [
    "alignment", "alloc-ranges", "compatible", "iommu-addresses", "label", "linux,cma-default",
    "linux,dma-default", "no-map", "no-map-fixup", "phandle", "ranges", "record-size", "reg",
    "reusable", "size", "status", "vmid",
  ]

  /// Names that look like one of the above and are others.
  private static let others = [
    "#interrupts-cells", "#mbox-cells", "#mux-cells", "#pwm-cells", "#dma-cells", "interrupts",
    "msi-ranges", "iommus", "dma-channels", "dma-requests", "dma-names", "bus-width",
    "bus-frequency", "spi-controller", "ssi-controller", "fsi-controller", "mdi-controller",
  ]

  /// The property that `name` was meant to be; nil where it is known, or near to none.
  static func meant(by name: String) -> String? {
    guard !platform.contains(name), !others.contains(name) else { return nil }
    return platform.near(name)
  }

  /// The same for a region of `/reserved-memory`, where few names are possible, and short ones matter.
  static func meantInRegion(by name: String) -> String? {
    guard !region.contains(name), name.utf8.count >= 4 else { return nil }
    return ["no-map", "reusable", "alignment", "alloc-ranges"].first { word in
      Spelling.isNear(name, word, edits: 2)
    }
  }
}

import Testing

/// A tree of ``BindingsTree`` with one thing wrong.
struct BindingsTwin: CustomTestStringConvertible, Sendable {
  /// What is wrong.
  var testDescription: String
  var tree: BindingsTree
  /// What is replaced, once.
  var original: String
  var replacement: String
  /// The binding that has to find it.
  var binding: String
  /// What the finding says.
  var says: String

  init(
    _ description: String, in tree: BindingsTree = BindingsTree.protectedGuest, _ original: String,
    _ replacement: String, _ binding: String, says: String
  ) {
    self.testDescription = description
    self.tree = tree
    self.original = original
    self.replacement = replacement
    self.binding = binding
    self.says = says
  }

  static let all =
    pools + reservedMemory + devices + platformDevices + pci + system

  private static let pool = "reg = <0x0 0x5f000000 0x0 0x800000>;"
  private static let placed = "alignment = <0x0 0x200000>;"

  private static let pools =
    ["no-map", "reusable", "linux,cma-default", "linux,dma-default"].map { property in
      BindingsTwin(
        "a restricted pool with \(property)", pool, "\(pool) \(property);",
        "restricted-dma-pool.yaml", says: "bounce@5f000000 (restricted-dma-pool): '\(property)'")
    } + [
      BindingsTwin(
        "a restricted pool without a place or a size", pool, "", "restricted-dma-pool.yaml",
        says: "'reg' is a required property"),
      BindingsTwin(
        "a restricted pool that is placed and sized by the guest", pool,
        "\(pool) size = <0x0 0x800000>; alignment = <0x0 0x200000>;", "restricted-dma-pool.yaml",
        says: "is valid under each of"),
      BindingsTwin(
        "a pool that the guest may place anywhere", in: BindingsTree.dynamicPool, placed, "",
        "restricted-dma-pool.yaml", says: "'alignment' is a required property"),
      BindingsTwin(
        "a pool that is two kinds of pool", #""restricted-dma-pool""#,
        #""restricted-dma-pool", "shared-dma-pool""#, "restricted-dma-pool.yaml",
        says: "bounce@5f000000 (restricted-dma-pool): compatible:"),
      BindingsTwin(
        "a pool outside of /reserved-memory", "psci {",
        "stray@5e000000 { compatible = \"restricted-dma-pool\"; "
          + "reg = <0x0 0x5e000000 0x0 0x800000>; }; psci {",
        "virtual-machine.yaml", says: "stray@5e000000"),
    ]

  private static let cells = "#size-cells = <2>;\n    ranges;"

  private static let reservedMemory = [
    BindingsTwin(
      "reserved memory without ranges", cells, "#size-cells = <2>;", "reserved-memory.yaml",
      says: "'ranges' is a required property"),
    BindingsTwin(
      "reserved memory that is translated", cells,
      "#size-cells = <2>;\n    ranges = <0x0 0x0 0x0 0x1000 0x1 0x0>;", "reserved-memory.yaml",
      says: "reserved-memory: ranges:"),
    BindingsTwin(
      "a placed region with a size", pool, "\(pool) size = <0x0 0x800000>;",
      "reserved-memory.yaml", says: "should not be valid under {'required': ['size']}"),
    BindingsTwin(
      "a placed region without a unit address", "bounce: bounce@5f000000 {", "bounce: bounce {",
      "reserved-memory.yaml", says: "should not be valid under {'required': ['reg']}"),
    BindingsTwin(
      "an alignment of one cell", in: BindingsTree.dynamicPool, placed,
      "alignment = <0x200000>;", "reserved-memory.yaml", says: "size is 32, expected 64"),
  ]

  private static let irq = "interrupts = <0 16 1>;"

  private static let devices = [
    BindingsTwin(
      "a virtio device with two interrupts", irq, "interrupts = <0 16 1>, <0 18 1>;",
      "virtio,mmio.yaml", says: "virtio@a000000 (virtio,mmio): interrupts:"),
    BindingsTwin(
      "a virtio device without an interrupt", irq, "", "virtio,mmio.yaml",
      says: "'interrupts' is a required property"),
    BindingsTwin(
      "names of regions without regions", "memory-region = <&bounce>;",
      "memory-region-names = \"bounce\";", "virtio,mmio.yaml",
      says: "'memory-region' is a dependency of 'memory-region-names'"),
    BindingsTwin(
      "a misspelt property of a virtio device", irq, "\(irq) dma-coherant;", "virtio,mmio.yaml",
      says: "'dma-coherant' does not match"),
    BindingsTwin(
      "a serial port without the clock of its registers",
      "clock-names = \"uartclk\", \"apb_pclk\";", "clock-names = \"uartclk\";",
      "arm,pl011.yaml", says: "serial@9000000 (arm,pl011): clock-names:"),
    BindingsTwin(
      "a clock without a frequency", "clock-frequency = <24000000>;", "", "fixed-clock.yaml",
      says: "'clock-frequency' is a required property"),
    BindingsTwin(
      "memory on a bus", in: BindingsTree.bus, "viommu: virtio@0 {",
      "memory@80000 { device_type = \"memory\"; reg = <0x0 0x80000 0x0 0x1000>; }; "
        + "viommu: virtio@0 {", "simple-bus.yaml",
      says: "bus@a000000 (simple-bus): False schema does not allow {'device_type': ['memory']"),
    BindingsTwin(
      "a bus that says nothing of its addresses", in: BindingsTree.bus,
      "ranges = <0x0 0x0 0x0 0xa000000 0x0 0x1000000>;", "", "simple-bus.yaml",
      says: "'ranges' is a required property"),
  ]

  private static let platformDevices = [
    BindingsTwin(
      "a 16550 without a clock", in: BindingsTree.devices, "clock-frequency = <3686400>;", "",
      "ns16550a.yaml", says: "'clock-frequency' is a required property"),
    BindingsTwin(
      "a 16550 whose registers lie nowhere", in: BindingsTree.devices, "reg-shift = <2>;",
      "reg-shift = <9>;", "ns16550a.yaml", says: "reg-shift"),
    BindingsTwin(
      "a PL030 that says it is something else", in: BindingsTree.devices, "<0x41030>", "<0x41031>",
      "arm,pl030.yaml", says: "arm,primecell-periphid"),
    BindingsTwin(
      "a Goldfish clock without an interrupt", in: BindingsTree.devices, "interrupts = <0 11 4>;",
      "", "google,goldfish-rtc.yaml", says: "'interrupts' is a required property"),
    BindingsTwin(
      "a GPIO controller that nobody can refer to", in: BindingsTree.devices,
      "gpio-controller;", "", "arm,pl061.yaml", says: "'gpio-controller' is a required property"),
    BindingsTwin(
      "a key without a meaning", in: BindingsTree.devices, "linux,code = <116>;", "",
      "gpio-keys.yaml", says: "'linux,code' is a required property"),
    BindingsTwin(
      "a register without a value", in: BindingsTree.devices, "value = <0x5555>;", "",
      "syscon-poweroff.yaml", says: "'value' is a required property"),
    BindingsTwin(
      "a test device that Linux offers to nobody", in: BindingsTree.devices,
      #""sifive,test0", "syscon""#, #""sifive,test0""#, "sifive,test.yaml", says: "compatible"),
    BindingsTwin(
      "flash of three bytes an access", in: BindingsTree.devices, "bank-width = <4>;",
      "bank-width = <3>;", "cfi-flash.yaml", says: "bank-width"),
    BindingsTwin(
      "a watchdog that doesn't say when it bites", in: BindingsTree.devices,
      "timeout-sec = <10>;", "", "qemu,vcpu-stall-detector.yaml",
      says: "'timeout-sec' is a required property"),
    BindingsTwin(
      "a generation that nobody hears of", in: BindingsTree.devices, "interrupts = <0 13 1>;", "",
      "microsoft,vmgenid.yaml", says: "'interrupts' is a required property"),
  ]

  private static let pci = [
    BindingsTwin(
      "a PCI host with bus 256", in: BindingsTree.pci, "bus-range = <0 1>;",
      "bus-range = <0 256>;", "pci-host-generic.yaml", says: "256 is greater than the maximum"),
    BindingsTwin(
      "a PCI host without buses", in: BindingsTree.pci, "bus-range = <0 1>;", "",
      "pci-host-generic.yaml", says: "'bus-range' is a required property"),
    BindingsTwin(
      "pins that no mask is laid over", in: BindingsTree.pci,
      "interrupt-map-mask = <0xf800 0x0 0x0 0x7>;", "", "pci-host-generic.yaml",
      says: "'interrupt-map-mask' is a dependency of 'interrupt-map'"),
    BindingsTwin(
      "a function whose address is a number", in: BindingsTree.pci,
      "reg = <0x2000 0x0 0x0 0x0 0x0>;", "reg = <0x2 0x0 0x0 0x0 0x0>;",
      "pci-host-generic.yaml", says: "2 is not a multiple of 256"),
    BindingsTwin(
      "a function with an IOMMU of its own", in: BindingsTree.pci,
      "reg = <0x2000 0x0 0x0 0x0 0x0>;", "reg = <0x2000 0x0 0x0 0x0 0x0>; iommus = <&smmu 1>;",
      "pci-host-generic.yaml", says: "virtio@4,0: False schema does not allow"),
    BindingsTwin(
      "a misspelt property of a PCI host", in: BindingsTree.pci, "bus-range = <0 1>;",
      "bus-range = <0 1>; memory-regions = <&bounce>;", "pci-host-generic.yaml",
      says: "('memory-regions' was unexpected)"),
    BindingsTwin(
      "an SMMU that nothing can name", in: BindingsTree.pci,
      "interrupt-names = \"eventq\", \"gerror\";\n  #iommu-cells = <1>;",
      "interrupt-names = \"eventq\", \"gerror\";", "arm,smmu-v3.yaml",
      says: "'#iommu-cells' is a required property"),
    BindingsTwin(
      "an SMMU with an interrupt of no name", in: BindingsTree.pci,
      "interrupt-names = \"eventq\", \"gerror\";",
      "interrupt-names = \"eventq\", \"global\";", "arm,smmu-v3.yaml",
      says: "'global' is not one of"),
    BindingsTwin(
      "an IOMMU that pKVM knows by no number", in: BindingsTree.pci, "id = <4>;", "",
      "pkvm,pviommu.yaml", says: "'id' is a required property"),
    BindingsTwin(
      "a virtio-iommu behind an IOMMU", in: BindingsTree.pci,
      "reg = <0x1000 0x0 0x0 0x0 0x0>;", "reg = <0x1000 0x0 0x0 0x0 0x0>; iommus = <&smmu 1>;",
      "virtio,pci-iommu.yaml", says: "'iommus' does not match"),
  ]

  private static let system = [
    BindingsTwin(
      "a processor that is started by a spin table", "enable-method = \"psci\";",
      "enable-method = \"spin-table\";", "cpus.yaml", says: "'psci' was expected"),
    BindingsTwin(
      "a second processor that nobody starts", "reg = <0x1>;\n      enable-method = \"psci\";",
      "reg = <0x1>;", "cpus.yaml", says: "cpu@1: 'enable-method' is a required property"),
    BindingsTwin(
      "firmware that is called by a breakpoint", "method = \"hvc\";", "method = \"brk\";",
      "arm,psci.yaml", says: "psci (arm,psci-1.0): method:"),
    BindingsTwin(
      "a GICv3 that doesn't state its address cells",
      "#interrupt-cells = <3>;\n  #address-cells = <2>;\n  #size-cells = <2>;\n  ranges;",
      "#interrupt-cells = <3>;", "arm,gic-v3.yaml",
      says: "'#address-cells' is a required property"),
    BindingsTwin(
      "an ITS that no device can name", in: BindingsTree.translationService,
      "#msi-cells = <1>;", "", "arm,gic-v3.yaml", says: "'#msi-cells' is a required property"),
    BindingsTwin(
      "a frame for MSIs that isn't a controller", in: BindingsTree.dynamicPool,
      "msi-controller;", "", "arm,gic.yaml", says: "'msi-controller' is a required property"),
    BindingsTwin(
      "a timer on an SPI", "<1 11 4>", "<0 11 4>", "arm,armv8-timer.yaml",
      says: "timer (arm,armv8-timer): interrupts:"),
    BindingsTwin(
      "an initial RAM disk without an end", "linux,initrd-end = <0x0 0x48400000>;", "",
      "chosen.yaml", says: "'linux,initrd-end' is a dependency of 'linux,initrd-start'"),
    BindingsTwin(
      "a command line that Linux cuts off", "console=ttyAMA0", String(repeating: "x", count: 2048),
      "chosen.yaml", says: "chosen: bootargs:"),
    BindingsTwin(
      "an alias that is no path", "serial0 = \"/serial@9000000\"", "serial0 = \"serial\"",
      "aliases.yaml", says: "aliases: serial0:"),
    BindingsTwin(
      "memory that is disabled", "device_type = \"memory\";",
      "device_type = \"memory\"; status = \"disabled\";", "memory.yaml",
      says: "'okay' was expected"),
    BindingsTwin(
      "a root that has one size cell", "#size-cells = <2>;\n  compatible",
      "#size-cells = <1>;\n  compatible", "virtual-machine.yaml",
      says: "/ (linux,dummy-virt): #size-cells:"),
  ]
}

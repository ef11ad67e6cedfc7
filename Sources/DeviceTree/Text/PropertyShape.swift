/// How the bytes of a property are spelled; known from its name, never guessed from its bytes.
///
/// `<1060000000>` is `?.Q` to a reader of bytes.
enum PropertyShape: Sendable {
  /// NUL-terminated strings.
  case strings
  /// Cells that people count in, shown in decimal.
  case decimal
  /// Cells without further structure.
  case cells
  /// Single bytes.
  case bytes
  /// Entries of cells.
  case entries(EntryShape)
}

/// What one entry of a property with entries is made of.
enum EntryShape: Sendable, Equatable {
  /// An address and a size, in the parent's cells.
  case registers
  /// A child address, a parent address and a size.
  case ranges
  /// An interrupt specifier of the interrupt parent.
  case interrupts
  /// A child's address and interrupt, a controller, its address and its interrupt.
  case interruptMap
  /// A phandle.
  case reference
  /// A phandle, and as many cells as the property `cells` of its target says.
  case specifier(cells: String)
  /// A phandle, and `arguments` cells whatever its target says.
  case fixed(arguments: Int)
  /// The first requester, a phandle, the first id there, and a count.
  case identifierMap
}

extension PropertyShape {
  /// The shape of the property `name`; nil where the name says nothing.
  static func named(_ name: String) -> PropertyShape? {
    if let shape = table[name] { return shape }
    if name.hasSuffix("-names") { return .strings }
    if name.hasSuffix("-gpios") || name.hasSuffix("-gpio") {
      return .entries(.specifier(cells: "#gpio-cells"))
    }
    if name.hasPrefix("#"), name.hasSuffix("-cells") { return .decimal }
    if let unit = name.lastIndex(of: "-"), units.contains(String(name[unit...])) { return .decimal }
    if name.hasSuffix("-supply") { return .entries(.reference) }
    if name.hasPrefix("pinctrl-"), name.utf8.dropFirst(8).allSatisfy({ (48...57).contains($0) }) {
      return .entries(.reference)
    }
    return nil
  }

  /// The ends of names that say in what a number counts.
  ///
  /// **Source:** dt-schema, `schemas/property-units.yaml`.
  private static let units: Set<String> = [
    "-bits", "-bp", "-bps", "-celsius", "-db", "-femtofarads", "-hours", "-hz", "-khz", "-kpascal",
    "-mbps", "-mhz", "-microamp", "-microvolt", "-microwatt", "-millicelsius", "-milliohms", "-mm",
    "-ms", "-nanoamp", "-ns", "-ohms", "-percent", "-picofarads", "-ps", "-sec", "-us",
  ]

  /// **Source:** Devicetree Specification 0.4, chapters 2 to 4; the kernel's
  /// `Documentation/devicetree/bindings` for the names that it leaves out.
  private static let table: [String: PropertyShape] = {
    var table: [String: PropertyShape] = [:]
    let strings = [
      "bootargs", "compatible", "device_type", "enable-method", "function", "groups", "label",
      "linux,stdout-path", "method", "mmu-type", "model", "name", "phy-mode", "pins",
      "regulator-name", "riscv,isa", "riscv,isa-base", "riscv,isa-extensions", "serial-number",
      "status", "stdin-path", "stdout-path", "target-path", "xen,id", "xen,shm-id",
    ]
    for name in strings { table[name] = .strings }
    let decimal = [
      "#redistributor-regions", "assigned-clock-rates", "bank-width", "bus-frequency", "bus-range",
      "bus-width", "cache-level", "cache-line-size",
      "cache-sets", "clock-frequency", "current-speed", "linux,pci-domain", "max-frequency",
      "num-lanes", "reg-io-width", "reg-shift", "riscv,ndev", "riscv,num-ids",
      "riscv,num-sources", "timebase-frequency",
    ]
    for name in decimal { table[name] = .decimal }
    let cells = [
      "alignment", "cpu_off", "cpu_on", "cpu_suspend", "distance-matrix", "migrate", "numa-node-id",
      "riscv,event-to-mhpmcounters", "riscv,event-to-mhpmevent", "riscv,raw-event-to-mhpmcounters",
      "virtual-reg", "alloc-ranges", "cpu-release-addr", "interrupt-map-mask", "iommu-map-mask",
      "kaslr-seed", "linux,code", "linux,initrd-end", "linux,initrd-start", "linux,phandle",
      "msi-map-mask", "phandle", "size",
    ]
    for name in cells { table[name] = .cells }
    let bytes = ["address", "local-mac-address", "mac-address", "rng-seed"]
    for name in bytes { table[name] = .bytes }

    table["reg"] = .entries(.registers)
    table["ranges"] = .entries(.ranges)
    table["dma-ranges"] = .entries(.ranges)
    table["interrupts"] = .entries(.interrupts)
    table["interrupt-map"] = .entries(.interruptMap)
    // Linux drivers/gpio/gpiolib-of.c, of_gpiochip_add_pin_range.
    table["gpio-ranges"] = .entries(.fixed(arguments: 3))
    table["iommu-map"] = .entries(.identifierMap)
    table["msi-map"] = .entries(.identifierMap)
    let references = [
      "affinity", "cpu", "cpu-idle-states", "cpus", "domain-idle-states", "interrupt-affinity",
      "interrupt-parent", "memory-region", "next-level-cache", "operating-points-v2", "phy-handle",
      "regmap", "remote-endpoint", "required-opps", "sram", "trip",
    ]
    for name in references { table[name] = .entries(.reference) }
    let specifiers = [
      ("access-controllers", "#access-controller-cells"),
      ("assigned-clock-parents", "#clock-cells"), ("assigned-clocks", "#clock-cells"),
      ("clocks", "#clock-cells"), ("cooling-device", "#cooling-cells"), ("dmas", "#dma-cells"),
      ("gpios", "#gpio-cells"), ("hwlocks", "#hwlock-cells"),
      ("interconnects", "#interconnect-cells"), ("interrupts-extended", "#interrupt-cells"),
      ("io-channels", "#io-channel-cells"), ("iommus", "#iommu-cells"), ("mboxes", "#mbox-cells"),
      ("msi-parent", "#msi-cells"), ("mux-controls", "#mux-control-cells"),
      ("nvmem-cells", "#nvmem-cell-cells"), ("phys", "#phy-cells"),
      ("power-domains", "#power-domain-cells"), ("pwms", "#pwm-cells"),
      ("resets", "#reset-cells"), ("sound-dai", "#sound-dai-cells"),
      ("thermal-sensors", "#thermal-sensor-cells"),
    ]
    for (name, cells) in specifiers { table[name] = .entries(.specifier(cells: cells)) }
    return table
  }()
}

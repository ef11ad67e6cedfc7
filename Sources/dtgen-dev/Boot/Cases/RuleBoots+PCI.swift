import PlatformLint

extension RuleBoots {
  static let pci: [BootCase] = [
    .rule("pci/bus-range-malformed", .absent(Named.function)),
    .rule(
      "pci/child-hides-pool", twin: .right("pci/child-hides-pool", 0), .escapes(Named.function)),
    .rule("pci/configuration-space-too-small", .works(Named.function)),
    .rule(
      "pci/function-address-differs", text: secondPool(at: "0x800"), in: .pci,
      twin: .text(.pci, secondPool(at: "0x1000")),
      with: [.mmio(.block, 0), .mmio(.network, 1), .pci(.block, "2")],
      .confined("0000:00:02.0", pool: Named.bounce)),
    .rule("pci/host-cells", .fails(Named.function)),
    .rule(
      "pci/host-cells", example: 1, log: .line("BAR 4*failed to assign"), .fails(Named.function)),
    .rule(
      "pci/no-configuration-space", text: "&pci {\n  /delete-property/ reg;\n};", in: .pci,
      .absent(Named.function)),
    // Its registers are in memory that may be prefetched; what its messages take isn't.
    .rule("pci/no-memory-window", .works(Named.function), .logs("BAR 1*failed to assign")),
    .rule("pci/window-over-itself", example: 1, .absent(Named.function)),
    .rule(
      "pci/interrupt-map-malformed", text: wired("<0x0 0x0 0x0 0x1 0x1234 0x0 0x0 0x0 0x3 0x4>"),
      in: .pci, twin: .text(.pci, wired(nil)), .fails(Named.function)),
    .rule(
      "pci/interrupt-map-specifier", text: wired("<0x800 0x0 0x0 0x1 &gic 0x0 0x0 0x0 0x4 0x8>"),
      in: .pci, twin: .text(.pci, wired(nil)), .fails(Named.function)),
    .rule(
      "pci/function-on-other-bus",
      text: """
        &reserved {
          second: restricted-dma-pool@60000000 {
            compatible = "restricted-dma-pool";
            reg = <0x0 0x60000000 0x0 0x800000>;
          };
        };
        &pci {
          bus-range = <0x0 0x0>;
          disk@2,0 {
            reg = <0x11000 0x0 0x0 0x0 0x0>;
            memory-region = <&second>;
          };
        };
        """, in: .pci,
      with: [.mmio(.block, 0), .mmio(.network, 1), .pci(.block, "2")],
      .confined("0000:00:02.0", pool: "restricted-dma-pool@60000000")),
    // It is called pcie.
    .rule("pci/host-without-device-type", .works(Named.function)),
    .rule(
      "pci/interrupt-map-clash", text: "\(wired(nil))\n&disk {\n  interrupts = <0 4 1>;\n};",
      in: .pci, twin: .text(.pci, wired(nil)), .fails(Named.disk), .works(Named.function)),
    .rule(
      "pci/interrupt-map-pin", text: wired("<0x800 0x0 0x0 0x5 &gic 0x0 0x0 0x0 0x4 0x4>"),
      in: .pci, twin: .text(.pci, wired(nil)), .driverless(Named.function)),
    .rule(
      "pci/interrupt-map-without-mask",
      text: "\(wired(nil))\n&pci {\n  /delete-property/ interrupt-map-mask;\n};", in: .pci,
      twin: .text(.pci, wired(nil)),
      with: [.mmio(.block, 0), .mmio(.network, 1), .pci(.block, "4")], .driverless("0000:00:04.0")),
    // The one thing left to it.
    .rule(
      "pci/msi-map-incomplete", text: wireless("msi-map = <0x0 &its 0x0 0x0>;"), in: .pci,
      twin: .text(.pci, wireless("")), .driverless(Named.function)),
    .rule(
      "pci/window-beyond-32-bits", .works(Named.function),
      .logs("root bus resource [mem 0x8000000000-0x803fffffff]")),
  ]

  /// A function in the third slot, by its name, with a pool of its own; what counts is `reg`.
  private static func secondPool(at address: String) -> String {
    """
    &reserved {
      second: restricted-dma-pool@60000000 {
        compatible = "restricted-dma-pool";
        reg = <0x0 0x60000000 0x0 0x800000>;
      };
    };
    &pci {
      disk@2,0 {
        reg = <\(address) 0x0 0x0 0x0 0x0>;
        memory-region = <&second>;
      };
    };
    """
  }

  /// A host whose functions have messages or nothing.
  static func wireless(_ properties: String) -> String {
    "&pci {\n  /delete-property/ interrupt-map;\n  \(properties)\n};"
  }

  /// A guest that may not use messages, so that what wires say matters; nil leaves the map as it is.
  private static func wired(_ map: String?) -> String {
    let chosen = "&chosen {\n  bootargs = \"console=ttyAMA0 pci=nomsi\";\n};"
    return chosen + (map.map { "\n&pci {\n  interrupt-map = \($0);\n};" } ?? "")
  }
}

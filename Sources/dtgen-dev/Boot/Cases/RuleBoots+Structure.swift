import PlatformLint

extension RuleBoots {
  static let structure = listed.map(Self.describingThird)

  private static let listed: [BootCase] = [
    .rule("structure/dangling-interrupt-parent", .driverless(Named.disk)),
    .rule("structure/dangling-reference", .driver(Named.serial, nil)),
    .rule("structure/interrupt-trigger-clash", .driverless(Named.net)),
    .rule("structure/interrupts-without-parent", .driverless(Named.disk)),
    .rule("structure/reference-to-non-provider", .driver(Named.serial, nil)),
    .rule("structure/root-cells-wrong", .hangs),
    .rule(
      "structure/unknown-status", text: "&disk {\n  status = \"enabled\";\n};", .absent(Named.disk)),
    .rule(
      "structure/misspelt-property", example: 2, .works(Named.disk),
      .logs("0x0000000060000000..0x000000006000ffff (64 KiB) map non-reusable firmware@60000000")),
    .rule("structure/nearly-known-compatible", example: 1, .absent(Named.function)),
    .rule(
      "structure/address-out-of-reach",
      text: third("virtio@10000000000000", "reg = <0x100000 0x0 0x0 0x200>;"), with: three,
      .absent(Named.third)),
    .rule(
      "structure/alias-name-characters",
      text: "/ {\n  aliases {\n    Serial3 = \"/serial@9000000\";\n  };\n};",
      twin: .text(.virt, aliased),
      .logs("ttyAMA0 at MMIO 0x9000000")),
    .rule(
      "structure/cells-without-controller",
      text: combiner("#interrupt-cells = <1>;", "interrupts = <3>;"),
      .driverless(Named.disk)),
    .rule(
      "structure/chosen-elsewhere",
      text: """
        \(second)
        / {
          firmware {
            chosen {
              bootargs = "maxcpus=1";
            };
          };
        };
        """,
      // Where it is meant to be, it is heeded.
      twin: .text(.virt, halved),
      on: .virt.cpus(2), .cpus(2), .works(Named.disk)),
    .rule(
      "structure/dangling-alias",
      text: "/ {\n  aliases {\n    serial3 = \"/serial@9001000\";\n  };\n};",
      twin: .text(.virt, aliased),
      .logs("ttyAMA0 at MMIO 0x9000000")),
    .rule(
      "structure/interrupt-parent-without-cells",
      text: """
        / {
          bus {
            compatible = "simple-bus";
            #address-cells = <2>;
            #size-cells = <2>;
            ranges;
            interrupt-parent = <&lines>;

            lines: lines {
            };
            virtio@a000400 {
              compatible = "virtio,mmio";
              reg = <0x0 0xa000400 0x0 0x200>;
              interrupts = <0 18 1>;
            };
          };
        };
        """, with: three, .hangs),
    .rule("structure/interrupt-specifier-invalid", .works(Named.disk)),
    .rule(
      "structure/interrupt-specifier-invalid", example: 3,
      log: .line("error -6: IRQ index 0 not found"), .driverless(Named.disk)),
    .rule(
      "structure/interrupts-length", text: "&disk {\n  interrupts = <0 16>;\n};",
      log: .line("error -6: IRQ index 0 not found"), .driverless(Named.disk)),
    .rule(
      "structure/misspelt-node-name", example: 1, on: .virt.cpus(2), .cpus(1),
      .works(Named.disk)),
    .rule(
      "structure/msi-parent-target",
      text: RuleBoots.wireless("/delete-property/ msi-map;\n  msi-parent = <&gic>;"), in: .pci,
      twin: .text(.pci, RuleBoots.wireless("")), .driverless(Named.function)),
    .rule("structure/node-too-deep", .works(Named.disk)),
    // Alone, the second string would be heeded.
    .rule(
      "structure/not-a-string", example: 1,
      twin: .text(.virt, "&clock {\n  status = \"disabled\";\n};"),
      .driver(Named.serial, "uart-pl011")),
    .rule("structure/not-a-string-list", example: 1, .driver(Named.serial, nil)),
    .rule("structure/property-named-like-node", .works(Named.disk)),
    .rule(
      "structure/ranges-length",
      text: bus(
        "ranges = <0x0 0x0 0x0 0x0 0x0 0x9000000>, <0x0 0xa000000 0x0 0xa000000 0x0>;",
        "virtio@a000400", "reg = <0x0 0xa000400 0x0 0x200>;"),
      with: three, .absent(Named.third)),
    .rule(
      "structure/ranges-missing",
      text: bus("", "virtio@a000400", "reg = <0x0 0xa000400 0x0 0x200>;"), with: three,
      .absent(Named.third)),
    .rule("structure/reference-cut-short", .driver(Named.serial, nil)),
    .rule(
      "structure/unit-address-differs",
      text: bus("ranges;", "virtio@a000600", "reg = <0x0 0xa000400 0x0 0x200>;"), with: three,
      .confined("a000400", pool: Named.bounce), .driver("/bus/virtio@a000600", "virtio-mmio")),
    .rule(
      "structure/unit-address-missing", text: third("virtio", "reg = <0x0 0xa000400 0x0 0x200>;"),
      with: three, .confined("a000400", pool: Named.bounce), .driver("/virtio", "virtio-mmio")),
    .rule(
      "structure/unit-address-without-reg", text: third("virtio@a000400", ""), with: three,
      .absent(Named.third)),
  ]

  /// The one serial port under another number than the first.
  private static let aliased = "/ {\n  aliases {\n    serial3 = \"/serial@9000000\";\n  };\n};"

  /// Without the fault, the third window of a machine that has one is described too.
  private static func describingThird(_ boot: BootCase) -> BootCase {
    var boot = boot
    if boot.devices == three { boot.twin?.tree = .text(.virt, wholeThird) }
    return boot
  }

  /// A device in the third window.
  static let wholeThird = third("virtio@a000400", "reg = <0x0 0xa000400 0x0 0x200>;")

  private static func third(_ name: String, _ properties: String) -> String {
    """
    / {
      \(name) {
        compatible = "virtio,mmio";
        \(properties)
        interrupts = <0 18 1>;
        dma-coherent;
        memory-region = <&bounce>;
      };
    };
    """
  }

  private static func bus(_ ranges: String, _ name: String, _ properties: String) -> String {
    """
    / {
      bus {
        compatible = "simple-bus";
        #address-cells = <2>;
        #size-cells = <2>;
        \(ranges)
        \(name) {
          compatible = "virtio,mmio";
          \(properties)
          interrupts = <0 18 1>;
          dma-coherent;
          memory-region = <&bounce>;
        };
      };
    };
    """
  }

  private static func combiner(_ property: String, _ interrupts: String) -> String {
    """
    / {
      combiner: interrupt-controller@8020000 {
        compatible = "example,combiner";
        reg = <0x0 0x8020000 0x0 0x1000>;
        \(property)
        interrupts = <0 40 4>;
      };
    };
    &disk {
      interrupt-parent = <&combiner>;
      \(interrupts)
    };
    """
  }
}

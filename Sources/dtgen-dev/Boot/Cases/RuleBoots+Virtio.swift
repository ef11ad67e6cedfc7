import PlatformLint

extension RuleBoots {
  static let virtio: [BootCase] = [
    .rule(
      "virtio/balloon-restricted", with: [.mmio(.balloon, 0), .mmio(.network, 1)],
      twinWith: [GuestDevice.mmio(.balloon, 0).withoutAccessPlatform, .mmio(.network, 1)],
      .driverless(Named.disk)),
    .rule(
      "virtio/bus-without-ranges", twin: .right("virtio/bus-without-ranges", 0), with: three,
      .absent(Named.third)),
    .rule("virtio/interrupt-out-of-range", .driverless(Named.disk)),
    .rule("virtio/invalid-trigger", .driverless(Named.disk)),
    .rule(
      "virtio/memory-region-in-child",
      text: """
        &disk {
          /delete-property/ memory-region;
          device {
            compatible = "virtio,device2";
            memory-region = <&bounce>;
          };
        };
        """, .escapes(Named.disk)),
    .rule("virtio/misspelt-compatible", .absent(Named.disk)),
    .rule("virtio/misspelt-compatible", example: 1, .absent(Named.disk)),
    .rule("virtio/no-interrupt", .driverless(Named.disk)),
    .rule("virtio/no-window", .absent(Named.disk)),
    .rule("virtio/private-interrupt", .driverless(Named.disk)),
    .rule("virtio/several-children", .absent(Named.disk)),
    .rule(
      "virtio/unpopulated-bus", twin: .right("virtio/unpopulated-bus", 0), with: three,
      .absent(Named.third)),
    .rule(
      "virtio/window-outside-bus", text: bus("0x10000"), twin: .text(.virt, bus("0x400")),
      with: three, .absent("a000400")),
    .rule(
      "virtio/compatible-missing", twin: .text(.virt, wholeThird), with: three,
      .absent(Named.third)),
  ]

  /// A bus with the address space of the machine's windows, and a device on it.
  private static func bus(_ address: String) -> String {
    """
    / {
      bus {
        compatible = "simple-bus";
        #address-cells = <1>;
        #size-cells = <1>;
        ranges = <0x0 0x0 0xa000000 0x10000>;

        virtio@\(address.dropFirst(2)) {
          compatible = "virtio,mmio";
          reg = <\(address) 0x200>;
          interrupts = <0 18 1>;
          dma-coherent;
          memory-region = <&bounce>;
        };
      };
    };
    """
  }
}

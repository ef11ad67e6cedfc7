extension Example.Base {
  /// The device tree source of the base.
  public var text: String {
    switch self {
    case .none: ""
    case .virt: Self.virtText
    case .pci: Self.virtText + "\n" + Self.pciText
    case .iommu: Self.virtText + "\n" + Self.pciText + "\n" + Self.iommuText
    case .riscv: Self.riscvText
    case .bare: Self.bareText
    case .protected: Self.protectedText
    case .firecracker: Self.firecrackerText
    case .cloudHypervisor: Self.cloudHypervisorText
    }
  }

  /// What Linux needs to boot on QEMU's `virt` machine.
  private static let bareText = """
    / {
      #address-cells = <2>;
      #size-cells = <2>;
      compatible = "linux,dummy-virt";
      interrupt-parent = <&gic>;

      chosen: chosen {
        stdout-path = "/serial@9000000";
      };

      memory: memory@40000000 {
        device_type = "memory";
        reg = <0x0 0x40000000 0x0 0x40000000>;
      };

      reserved: reserved-memory {
        #address-cells = <2>;
        #size-cells = <2>;
        ranges;
      };

      cpus {
        #address-cells = <1>;
        #size-cells = <0>;

        cpu@0 {
          device_type = "cpu";
          compatible = "arm,cortex-a57";
          reg = <0>;
          enable-method = "psci";
        };
      };

      psci {
        compatible = "arm,psci-1.0", "arm,psci-0.2";
        method = "hvc";
      };

      gic: interrupt-controller@8000000 {
        compatible = "arm,gic-v3";
        reg = <0x0 0x8000000 0x0 0x10000>, <0x0 0x80a0000 0x0 0xf60000>;
        interrupt-controller;
        #interrupt-cells = <3>;
      };

      timer {
        compatible = "arm,armv8-timer";
        interrupts = <1 13 4>, <1 14 4>, <1 11 4>, <1 10 4>;
        always-on;
      };

      clock: clock {
        compatible = "fixed-clock";
        #clock-cells = <0>;
        clock-frequency = <24000000>;
      };

      serial: serial@9000000 {
        compatible = "arm,pl011", "arm,primecell";
        reg = <0x0 0x9000000 0x0 0x1000>;
        interrupts = <0 1 4>;
        clocks = <&clock>, <&clock>;
        clock-names = "uartclk", "apb_pclk";
      };
    };
    """

  /// The same with two virtio devices behind a pool.
  private static let virtText =
    bareText + """

      &reserved {
        bounce: restricted-dma-pool@5f000000 {
          compatible = "restricted-dma-pool";
          reg = <0x0 0x5f000000 0x0 0x800000>;
        };
      };

      / {
        disk: virtio@a000000 {
          compatible = "virtio,mmio";
          reg = <0x0 0xa000000 0x0 0x200>;
          interrupts = <0 16 1>;
          dma-coherent;
          memory-region = <&bounce>;
        };

        net: virtio@a000200 {
          compatible = "virtio,mmio";
          reg = <0x0 0xa000200 0x0 0x200>;
          interrupts = <0 17 1>;
          dma-coherent;
          memory-region = <&bounce>;
        };
      };
      """
}

extension Example.Base {
  /// A tree as crosvm gives it to a protected guest, in which every rule is content, and pvmfw too.
  static let protectedText = """
    / {
      #address-cells = <2>;
      #size-cells = <2>;
      compatible = "linux,dummy-virt";
      interrupt-parent = <&gic>;

      chosen: chosen {
        stdout-path = "/U6_16550A@3f8";
      };

      memory: memory@80000000 {
        device_type = "memory";
        reg = <0x0 0x80000000 0x0 0x20000000>;
      };

      reserved: reserved-memory {
        #address-cells = <2>;
        #size-cells = <2>;
        ranges;

        swiotlb: restricted_dma_reserved@9c000000 {
          compatible = "restricted-dma-pool";
          reg = <0x0 0x9c000000 0x0 0x4000000>;
        };
      };

      cpus: cpus {
        #address-cells = <1>;
        #size-cells = <0>;

        cpu0: cpu@0 {
          device_type = "cpu";
          compatible = "arm,armv8";
          reg = <0>;
          enable-method = "psci";
        };
      };

      psci {
        compatible = "arm,psci-1.0", "arm,psci-0.2";
        method = "hvc";
      };

      gic: intc@3fff0000 {
        compatible = "arm,gic-v3";
        reg = <0x0 0x3fff0000 0x0 0x10000>, <0x0 0x3ffd0000 0x0 0x20000>;
        interrupt-controller;
        #interrupt-cells = <3>;
        #address-cells = <2>;
        #size-cells = <2>;
      };

      timer {
        compatible = "arm,armv8-timer";
        interrupts = <1 13 0x108>, <1 14 0x108>, <1 11 0x108>, <1 10 0x108>;
        always-on;
      };

      serial: U6_16550A@3f8 {
        compatible = "ns16550a";
        reg = <0x0 0x3f8 0x0 0x8>;
        clock-frequency = <0x1c2000>;
        interrupts = <0 0 1>;
      };

      watchdog: vmwdt@3000 {
        compatible = "qemu,vcpu-stall-detector";
        reg = <0x0 0x3000 0x0 0x1000>;
        clock-frequency = <10>;
        timeout-sec = <8>;
        interrupts = <1 15 0x101>;
      };

      pci: pci@72000000 {
        compatible = "pci-host-cam-generic";
        device_type = "pci";
        #address-cells = <3>;
        #size-cells = <2>;
        #interrupt-cells = <1>;
        dma-coherent;
        memory-region = <&swiotlb>;
        bus-range = <0 0>;
        reg = <0x0 0x72000000 0x0 0x1000000>;
        ranges = <0x3000000 0x0 0x70000000 0x0 0x70000000 0x0 0x2000000>,
          <0x3000000 0x0 0xc0000000 0x0 0xc0000000 0xff 0x40000000>;
        interrupt-map-mask = <0xf800 0 0 7>;
        interrupt-map = <0x800 0 0 1 &gic 0 0 0 4 4>;
      };
    };
    """
}

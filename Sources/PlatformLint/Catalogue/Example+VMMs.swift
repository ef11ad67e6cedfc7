extension Example.Base {
  /// A tree as Firecracker writes it, in which every rule is content.
  static let firecrackerText = """
    / {
      #address-cells = <2>;
      #size-cells = <2>;
      compatible = "linux,dummy-virt";
      interrupt-parent = <&gic>;

      chosen: chosen {
        stdout-path = "/uart@40002000";
      };

      memory: memory@80200000 {
        device_type = "memory";
        reg = <0x0 0x80200000 0x0 0x1fe00000>;
      };

      cpus: cpus {
        #address-cells = <2>;
        #size-cells = <0>;

        cpu@0 {
          device_type = "cpu";
          compatible = "arm,armv8";
          reg = <0 0>;
          enable-method = "psci";
        };
      };

      psci {
        compatible = "arm,psci-0.2";
        method = "hvc";
      };

      gic: intc@3fff0000 {
        compatible = "arm,gic-v3";
        reg = <0x0 0x3fff0000 0x0 0x10000>, <0x0 0x3ffd0000 0x0 0x20000>;
        interrupt-controller;
        #interrupt-cells = <3>;
        #address-cells = <2>;
        #size-cells = <2>;
        ranges;
      };

      timer {
        compatible = "arm,armv8-timer";
        interrupts = <1 13 4>, <1 14 4>, <1 11 4>, <1 10 4>;
        always-on;
      };

      clock: apb-pclk {
        compatible = "fixed-clock";
        #clock-cells = <0>;
        clock-frequency = <24000000>;
      };

      serial: uart@40002000 {
        compatible = "ns16550a";
        reg = <0x0 0x40002000 0x0 0x1000>;
        interrupts = <0 1 1>;
        clocks = <&clock>;
      };

      rtc: rtc@40001000 {
        compatible = "arm,pl031", "arm,primecell";
        reg = <0x0 0x40001000 0x0 0x1000>;
        clocks = <&clock>;
        clock-names = "apb_pclk";
      };

      disk: virtio_mmio@40003000 {
        compatible = "virtio,mmio";
        reg = <0x0 0x40003000 0x0 0x1000>;
        interrupts = <0 0 1>;
        dma-coherent;
      };
    };
    """

  /// A tree as Cloud Hypervisor writes it, in which every rule is content.
  static let cloudHypervisorText = """
    / {
      #address-cells = <2>;
      #size-cells = <2>;
      compatible = "linux,dummy-virt";
      interrupt-parent = <&gic>;

      chosen: chosen {
        stdout-path = "/pl011@9000000";
      };

      memory: memory@40000000 {
        device_type = "memory";
        reg = <0x0 0x40000000 0x0 0x40000000>;
      };

      cpus {
        #address-cells = <1>;
        #size-cells = <0>;

        cpu@0 {
          device_type = "cpu";
          compatible = "arm,armv8";
          reg = <0>;
        };
      };

      psci {
        compatible = "arm,psci-0.2";
        method = "hvc";
      };

      gic: intc@8ff0000 {
        compatible = "arm,gic-v3";
        reg = <0x0 0x8ff0000 0x0 0x10000>, <0x0 0x8fd0000 0x0 0x20000>;
        interrupt-controller;
        #interrupt-cells = <3>;
        #address-cells = <2>;
        #size-cells = <2>;
        ranges;

        its: msic@8fb0000 {
          compatible = "arm,gic-v3-its";
          reg = <0x0 0x8fb0000 0x0 0x20000>;
          msi-controller;
          #msi-cells = <1>;
        };
      };

      timer {
        compatible = "arm,armv8-timer";
        interrupts = <1 13 4>, <1 14 4>, <1 11 4>, <1 10 4>;
        always-on;
      };

      clock: apb-pclk {
        compatible = "fixed-clock";
        #clock-cells = <0>;
        clock-frequency = <24000000>;
      };

      serial: pl011@9000000 {
        compatible = "arm,pl011", "arm,primecell";
        reg = <0x0 0x9000000 0x0 0x1000>;
        interrupts = <0 11 1>;
        clocks = <&clock>, <&clock>;
        clock-names = "uartclk", "apb_pclk";
      };

      pci: pci@30000000 {
        compatible = "pci-host-ecam-generic";
        device_type = "pci";
        reg = <0x0 0x30000000 0x0 0x100000>;
        bus-range = <0 0>;
        linux,pci-domain = <0>;
        #address-cells = <3>;
        #size-cells = <2>;
        ranges = <0x2000000 0x0 0x10000000 0x0 0x10000000 0x0 0x20000000>,
          <0x3000000 0x2 0x0 0x2 0x0 0x1 0x0>;
        dma-coherent;
        msi-map = <0x0 &its 0x0 0x10000>;
      };
    };
    """
}

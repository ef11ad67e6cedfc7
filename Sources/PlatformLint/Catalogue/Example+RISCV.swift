extension Example.Base {
  /// What Linux needs to boot on QEMU's `virt` machine for RISC-V, and a virtio device.
  static let riscvText = """
    / {
      #address-cells = <2>;
      #size-cells = <2>;
      compatible = "riscv-virtio";

      chosen: chosen {
        stdout-path = "/soc/serial@10000000";
      };

      memory: memory@80000000 {
        device_type = "memory";
        reg = <0x0 0x80000000 0x0 0x20000000>;
      };

      cpus: cpus {
        #address-cells = <1>;
        #size-cells = <0>;
        timebase-frequency = <10000000>;

        hart: cpu@0 {
          device_type = "cpu";
          compatible = "riscv";
          reg = <0>;
          riscv,isa = "rv64imafdc";
          mmu-type = "riscv,sv48";

          intc: interrupt-controller {
            compatible = "riscv,cpu-intc";
            interrupt-controller;
            #interrupt-cells = <1>;
          };
        };
      };

      soc {
        compatible = "simple-bus";
        #address-cells = <2>;
        #size-cells = <2>;
        ranges;
        interrupt-parent = <&plic>;

        plic: interrupt-controller@c000000 {
          compatible = "sifive,plic-1.0.0", "riscv,plic0";
          reg = <0x0 0xc000000 0x0 0x600000>;
          interrupts-extended = <&intc 11>, <&intc 9>;
          interrupt-controller;
          #interrupt-cells = <1>;
          #address-cells = <0>;
          riscv,ndev = <96>;
        };

        serial: serial@10000000 {
          compatible = "ns16550a";
          reg = <0x0 0x10000000 0x0 0x100>;
          interrupts = <10>;
          clock-frequency = <3686400>;
        };

        disk: virtio@10001000 {
          compatible = "virtio,mmio";
          reg = <0x0 0x10001000 0x0 0x1000>;
          interrupts = <1>;
        };
      };
    };
    """
}

import Testing

/// A tree that the bindings have to accept.
struct BindingsTree: CustomTestStringConvertible, Sendable {
  /// What is special about it.
  var testDescription: String
  /// Its DTS.
  var source: String

  static let all = [
    protectedGuest, translationService, dynamicPool, bus, devices, pci,
  ]

  /// A guest written out by hand: GICv3, a static pool, virtio devices bounced through it.
  static let protectedGuest = machine(
    "a GICv3 and a static pool",
    gic: """
      gic: interrupt-controller@8000000 {
        compatible = "arm,gic-v3";
        reg = <0x0 0x8000000 0x0 0x10000>, <0x0 0x80a0000 0x0 0x40000>;
        interrupt-controller;
        #interrupt-cells = <3>;
        #address-cells = <2>;
        #size-cells = <2>;
        ranges;
        #redistributor-regions = <1>;
      };
      """,
    regions: """
      bounce: bounce@5f000000 {
        compatible = "restricted-dma-pool";
        reg = <0x0 0x5f000000 0x0 0x800000>;
      };
      """,
    devices: """
      virtio@a000000 {
        compatible = "virtio,mmio";
        reg = <0x0 0xa000000 0x0 0x200>;
        interrupts = <0 16 1>;
        dma-coherent;
        memory-region = <&bounce>;
      };

      virtio@a000200 {
        compatible = "virtio,mmio";
        reg = <0x0 0xa000200 0x0 0x200>;
        interrupts = <0 17 1>;
        dma-coherent;
        memory-region = <&bounce>;
      };
      """)

  /// QEMU's names, an ITS, regions with names, other memory beside the pool.
  static let translationService = machine(
    "an ITS, and regions with names",
    gic: """
      gic: intc@8000000 {
        compatible = "arm,gic-v3";
        reg = <0x0 0x8000000 0x0 0x10000>, <0x0 0x80a0000 0x0 0xf60000>;
        interrupt-controller;
        #interrupt-cells = <3>;
        #address-cells = <2>;
        #size-cells = <2>;
        ranges;
        #redistributor-regions = <1>;

        its@8080000 {
          compatible = "arm,gic-v3-its";
          reg = <0x0 0x8080000 0x0 0x20000>;
          msi-controller;
          #msi-cells = <1>;
        };
      };
      """,
    regions: """
      bounce: bounce@5f000000 {
        compatible = "restricted-dma-pool";
        reg = <0x0 0x5f000000 0x0 0x800000>;
      };

      rings: rings@5e000000 {
        compatible = "shared-dma-pool";
        reg = <0x0 0x5e000000 0x0 0x100000>;
        no-map;
      };

      log@5d000000 {
        reg = <0x0 0x5d000000 0x0 0x1000>;
        no-map;
      };
      """,
    devices: """
      virtio_mmio@a000000 {
        compatible = "virtio,mmio";
        reg = <0x0 0xa000000 0x0 0x200>;
        interrupts = <0 16 1>;
        dma-coherent;
        memory-region = <&bounce>, <&rings>;
        memory-region-names = "bounce", "rings";
        wakeup-source;
      };
      """)

  /// GICv2 with a frame for MSIs, and a pool that the guest places.
  static let dynamicPool = machine(
    "a GICv2, and a pool that the guest places",
    gic: """
      gic: interrupt-controller@8000000 {
        compatible = "arm,cortex-a15-gic";
        reg = <0x0 0x8000000 0x0 0x10000>, <0x0 0x8010000 0x0 0x10000>;
        interrupt-controller;
        #interrupt-cells = <3>;
        #address-cells = <2>;
        #size-cells = <2>;
        ranges;

        v2m@8020000 {
          compatible = "arm,gic-v2m-frame";
          reg = <0x0 0x8020000 0x0 0x1000>;
          msi-controller;
        };
      };
      """,
    regions: """
      bounce: bounce {
        compatible = "restricted-dma-pool";
        size = <0x0 0x800000>;
        alignment = <0x0 0x200000>;
        alloc-ranges = <0x0 0x40000000 0x0 0x10000000>;
      };
      """,
    devices: """
      virtio@a000000 {
        compatible = "virtio,mmio";
        reg = <0x0 0xa000000 0x0 0x200>;
        interrupts = <0 16 4>;
        dma-coherent;
        memory-region = <&bounce>;
      };
      """)

  /// A bus with addresses of its own, and an IOMMU on it that another device stands behind.
  static let bus = machine(
    "a bus, and an IOMMU on it",
    gic: """
      gic: interrupt-controller@8000000 {
        compatible = "arm,gic-400";
        reg = <0x0 0x8000000 0x0 0x10000>, <0x0 0x8010000 0x0 0x2000>;
        interrupt-controller;
        #interrupt-cells = <3>;
        #address-cells = <2>;
      };
      """,
    regions: """
      bounce: bounce@5f000000 {
        compatible = "restricted-dma-pool";
        reg = <0x0 0x5f000000 0x0 0x800000>;
      };
      """,
    devices: """
      bus@a000000 {
        compatible = "simple-bus";
        #address-cells = <2>;
        #size-cells = <2>;
        ranges = <0x0 0x0 0x0 0xa000000 0x0 0x1000000>;
        dma-ranges = <0x0 0x40000000 0x0 0x40000000 0x0 0x20000000>;
        dma-coherent;

        viommu: virtio@0 {
          compatible = "virtio,mmio";
          reg = <0x0 0x0 0x0 0x200>;
          interrupts = <0 16 1>;
          #iommu-cells = <1>;
        };

        virtio@200 {
          compatible = "virtio,mmio";
          reg = <0x0 0x200 0x0 0x200>;
          interrupts = <0 17 1>;
          iommus = <&viommu 23>;
        };

        virtio@400 {
          compatible = "virtio,mmio";
          reg = <0x0 0x400 0x0 0x200>;
          interrupts = <0 18 1>;
          memory-region = <&bounce>;
        };
      };
      """)

  /// Every device that has a binding and is no virtio device.
  static let devices = machine(
    "platform devices, and a heap",
    gic: """
      gic: interrupt-controller@8000000 {
        compatible = "arm,gic-400";
        reg = <0x0 0x8000000 0x0 0x10000>, <0x0 0x8010000 0x0 0x2000>;
        interrupt-controller;
        #interrupt-cells = <3>;
        #address-cells = <2>;
      };
      """,
    regions: """
      heap@5e000000 {
        compatible = "shared-dma-pool";
        reg = <0x0 0x5e000000 0x0 0x800000>;
        no-map;
      };

      contiguous {
        compatible = "shared-dma-pool";
        size = <0x0 0x1000000>;
        alignment = <0x0 0x200000>;
        reusable;
        linux,cma-default;
      };
      """,
    devices: """
      serial@10000000 {
        compatible = "ns16550a";
        reg = <0x0 0x10000000 0x0 0x100>;
        interrupts = <0 10 4>;
        clock-frequency = <3686400>;
        reg-shift = <2>;
        reg-io-width = <4>;
      };

      rtc@9010000 {
        compatible = "arm,pl031", "arm,primecell";
        reg = <0x0 0x9010000 0x0 0x1000>;
        interrupts = <0 2 4>;
        clocks = <&clock>;
        clock-names = "apb_pclk";
      };

      rtc@2000 {
        compatible = "arm,primecell";
        arm,primecell-periphid = <0x41030>;
        reg = <0x0 0x2000 0x0 0x1000>;
        interrupts = <0 3 4>;
        clocks = <&clock>;
        clock-names = "apb_pclk";
      };

      rtc@101000 {
        compatible = "google,goldfish-rtc";
        reg = <0x0 0x101000 0x0 0x1000>;
        interrupts = <0 11 4>;
      };

      rtc@1010000 {
        compatible = "motorola,mc146818";
        reg = <0x0 0x1010000 0x0 0x2>;
      };

      gpio: gpio@9030000 {
        compatible = "arm,pl061", "arm,primecell";
        reg = <0x0 0x9030000 0x0 0x1000>;
        interrupts = <0 7 4>;
        gpio-controller;
        #gpio-cells = <2>;
        clocks = <&clock>;
        clock-names = "apb_pclk";
      };

      gpio-keys {
        compatible = "gpio-keys";

        poweroff {
          gpios = <&gpio 3 0>;
          linux,code = <116>;
          label = "GPIO Key Poweroff";
        };
      };

      gpio-poweroff {
        compatible = "gpio-poweroff";
        gpios = <&gpio 0 0>;
        status = "disabled";
        secure-status = "okay";
      };

      gpio-restart {
        compatible = "gpio-restart";
        gpios = <&gpio 1 0>;
      };

      test: test@100000 {
        compatible = "sifive,test1", "sifive,test0", "syscon";
        reg = <0x0 0x100000 0x0 0x1000>;
      };

      poweroff {
        compatible = "syscon-poweroff";
        regmap = <&test>;
        offset = <0x0>;
        value = <0x5555>;
      };

      reboot {
        compatible = "syscon-reboot";
        regmap = <&test>;
        offset = <0x0>;
        value = <0x7777>;
      };

      fw-cfg@9020000 {
        compatible = "qemu,fw-cfg-mmio";
        reg = <0x0 0x9020000 0x0 0x18>;
        dma-coherent;
      };

      flash@0 {
        compatible = "cfi-flash";
        reg = <0x0 0x0 0x0 0x4000000>, <0x0 0x4000000 0x0 0x4000000>;
        bank-width = <4>;
      };

      platform-bus@c000000 {
        compatible = "qemu,platform", "simple-bus";
        interrupt-parent = <&gic>;
        #address-cells = <1>;
        #size-cells = <1>;
        ranges = <0x0 0x0 0xc000000 0x2000000>;

        tpm@0 {
          compatible = "tcg,tpm-tis-mmio";
          reg = <0x0 0x5000>;
        };
      };

      vmwdt@3000 {
        compatible = "qemu,vcpu-stall-detector";
        reg = <0x0 0x3000 0x0 0x1000>;
        clock-frequency = <2>;
        timeout-sec = <10>;
      };

      battery@5000 {
        compatible = "google,goldfish-battery";
        reg = <0x0 0x5000 0x0 0x1000>;
        interrupts = <0 12 4>;
      };

      vmgenid@80000000 {
        compatible = "microsoft,vmgenid";
        reg = <0x0 0x80000000 0x0 0x10>;
        interrupts = <0 13 1>;
      };
      """)

  /// A PCI host with a pool, a function with a pool of its own, and two IOMMUs.
  static let pci = machine(
    "a PCI host, and IOMMUs",
    gic: """
      gic: interrupt-controller@8000000 {
        compatible = "arm,gic-v3";
        reg = <0x0 0x8000000 0x0 0x10000>, <0x0 0x80a0000 0x0 0x40000>;
        interrupt-controller;
        #interrupt-cells = <3>;
        #address-cells = <2>;
        #size-cells = <2>;
        ranges;

        its: msi-controller@8080000 {
          compatible = "arm,gic-v3-its";
          reg = <0x0 0x8080000 0x0 0x20000>;
          msi-controller;
          #msi-cells = <1>;
        };
      };
      """,
    regions: """
      bounce: bounce@5f000000 {
        compatible = "restricted-dma-pool";
        reg = <0x0 0x5f000000 0x0 0x800000>;
      };
      """,
    devices: """
      smmu: iommu@9050000 {
        compatible = "arm,smmu-v3";
        reg = <0x0 0x9050000 0x0 0x20000>;
        interrupts = <0 74 1>, <0 75 1>;
        interrupt-names = "eventq", "gerror";
        #iommu-cells = <1>;
        dma-coherent;
      };

      pviommu0 {
        compatible = "pkvm,pviommu";
        #iommu-cells = <1>;
        id = <4>;
      };

      pcie@4010000000 {
        compatible = "pci-host-ecam-generic";
        device_type = "pci";
        reg = <0x40 0x10000000 0x0 0x200000>;
        bus-range = <0 1>;
        linux,pci-domain = <0>;
        #address-cells = <3>;
        #size-cells = <2>;
        ranges = <0x1000000 0x0 0x0 0x0 0x3eff0000 0x0 0x10000>,
                 <0x2000000 0x0 0x10000000 0x0 0x10000000 0x0 0x10000000>;
        #interrupt-cells = <1>;
        interrupt-map-mask = <0xf800 0x0 0x0 0x7>;
        interrupt-map = <0x800 0x0 0x0 0x1 &gic 0x0 0x0 0x0 0x4 0x4>;
        msi-map = <0x0 &its 0x0 0x10000>;
        iommu-map = <0x8 &viommu 0x8 0x1>, <0x18 &smmu 0x18 0x1>;
        dma-coherent;
        memory-region = <&bounce>;

        viommu: iommu@2,0 {
          compatible = "virtio,pci-iommu", "pci1af4,1057";
          reg = <0x1000 0x0 0x0 0x0 0x0>;
          #iommu-cells = <1>;
        };

        virtio@4,0 {
          reg = <0x2000 0x0 0x0 0x0 0x0>;
          memory-region = <&bounce>;
        };
      };
      """)

  private static func machine(
    _ description: String, gic: String, regions: String, devices: String
  ) -> BindingsTree {
    let source = """
      /dts-v1/;

      / {
        #address-cells = <2>;
        #size-cells = <2>;
        compatible = "linux,dummy-virt";
        model = "guest";
        interrupt-parent = <&gic>;

        chosen {
          bootargs = "console=ttyAMA0";
          stdout-path = "/serial@9000000";
          linux,initrd-start = <0x0 0x48000000>;
          linux,initrd-end = <0x0 0x48400000>;
        };

        aliases {
          serial0 = "/serial@9000000";
        };

        memory@40000000 {
          device_type = "memory";
          reg = <0x0 0x40000000 0x0 0x40000000>;
        };

        reserved-memory {
          #address-cells = <2>;
          #size-cells = <2>;
          ranges;

          \(regions)
        };

        cpus {
          #address-cells = <1>;
          #size-cells = <0>;

          cpu@0 {
            device_type = "cpu";
            compatible = "arm,cortex-a57";
            reg = <0x0>;
            enable-method = "psci";
          };

          cpu@1 {
            device_type = "cpu";
            compatible = "arm,cortex-a57";
            reg = <0x1>;
            enable-method = "psci";
          };
        };

        psci {
          compatible = "arm,psci-1.0", "arm,psci-0.2";
          method = "hvc";
        };

        \(gic)

        timer {
          compatible = "arm,armv8-timer";
          interrupts = <1 13 4>, <1 14 4>, <1 11 4>, <1 10 4>;
          always-on;
        };

        clock: clock-24000000 {
          compatible = "fixed-clock";
          #clock-cells = <0>;
          clock-frequency = <24000000>;
          clock-output-names = "clk24mhz";
        };

        serial@9000000 {
          compatible = "arm,pl011", "arm,primecell";
          reg = <0x0 0x9000000 0x0 0x1000>;
          interrupts = <0 1 4>;
          clocks = <&clock>, <&clock>;
          clock-names = "uartclk", "apb_pclk";
        };

        \(devices)
      };
      """
    return BindingsTree(testDescription: description, source: source)
  }
}
